using System.Globalization;
using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>Reads the answer to getCallCountersState: a return for each window, whose length in seconds follows its counters.</summary>
internal static class CallCounterReader
{
    private const int MaxCounters = 1_000;
    private const int MaxFields = 100;

    public static async Task<IReadOnlyList<CallCounter>> ReadAsync(XmlReader xml, Five9Call call)
    {
        var counters = new List<CallCounter>();
        await foreach (var element in SoapAnswer.ChildrenAsync(xml))
        {
            if (element == "return")
            {
                counters.AddRange(await ReadWindowAsync(xml, call));
                AnswerTooLargeException.ThrowIfOver(counters.Count, MaxCounters, "counters");
            }
        }

        return counters;
    }

    private static async Task<IEnumerable<CallCounter>> ReadWindowAsync(XmlReader xml, Five9Call call)
    {
        var states = new List<Dictionary<string, string>>();
        var seconds = 0;
        await foreach (var element in SoapAnswer.ChildrenAsync(xml))
        {
            if (element == "timeout")
            {
                seconds = Number(await SoapAnswer.ReadTextAsync(xml), call);
            }
            else if (element == "callCounterStates")
            {
                var state = new Dictionary<string, string>();
                await foreach (var field in SoapAnswer.ChildrenAsync(xml))
                {
                    state[field] = await SoapAnswer.ReadTextAsync(xml);
                    AnswerTooLargeException.ThrowIfOver(state.Count, MaxFields, "fields of a counter");
                }

                states.Add(state);
                AnswerTooLargeException.ThrowIfOver(states.Count, MaxCounters, "counters");
            }
        }

        return states
            .Where(s => s.ContainsKey("operationType")) // the WSDL lets it be absent, and the state be nil
            .Select(s => new CallCounter(
                s["operationType"].Trim(),
                TimeSpan.FromSeconds(seconds),
                Number(s.GetValueOrDefault("limit", ""), call),
                Number(s.GetValueOrDefault("value", ""), call)));
    }

    /// <summary>Five9 counts in 64 bits; no limit that matters needs them.</summary>
    private static int Number(string text, Five9Call call) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : throw call.Unexpected("holds a counter that is no number");
}
