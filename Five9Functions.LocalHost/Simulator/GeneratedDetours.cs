using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// What happens around the calls that agents take, without any agent: so the agents' states agree with it whatever it is. Of a hundred
/// inbound calls some waited in another queue first (a transfer), some callers left the queue and were called in vain before they were
/// reached, some callers spoke on the voicemail, and some had a wrong number and hung up in the IVR; before some outbound calls a
/// number did not answer.
/// </summary>
internal static class GeneratedDetours
{
    private const string OtherQueue = "Support DE - Inbound";
    private const string Queue = "Support EN - Inbound";

    /// <param name="leg">The leg that an agent took.</param>
    /// <param name="chance">0 to 99.</param>
    public static IReadOnlyList<GeneratedLeg> Of(GeneratedLeg leg, int chance) => leg.CallType == "Inbound" ? chance switch
    {
        < 6 => [Waited(leg, leg.CallId, seconds: 30 + chance * 10) with { Campaign = leg.Campaign == Queue ? OtherQueue : Queue, Transfers = 1 }],
        < 9 => Callback(leg, leg.CallId[1..]),
        < 12 => Voicemail(leg, leg.CallId[1..]),
        < 18 => [InIvrOnly(leg, leg.CallId[1..])],
        _ => [],
    } : chance < 30 ? [NoAnswer(leg, leg.CallId[1..])] : [];

    // The same call, in another queue before.
    private static GeneratedLeg Waited(GeneratedLeg leg, string callId, int seconds) => new()
    {
        CallId = callId,
        Start = leg.Start - Duration.FromSeconds(seconds),
        End = leg.Start,
        Campaign = leg.Campaign,
        CallType = "Inbound",
        Customer = leg.Customer,
        Ivr = 10,
        QueueWait = seconds - 10,
        Abandoned = 0,
    };

    private static GeneratedLeg[] Callback(GeneratedLeg leg, string id)
    {
        var asked = Waited(leg, $"8{id}", seconds: 70) with { Disposition = "Queue Callback Assigned" };
        return
        [
            asked,
            asked with { CallType = "Queue Callback", Start = asked.End + Duration.FromMinutes(10), End = asked.End + Duration.FromSeconds(630), Disposition = "No Answer", Ivr = null, QueueWait = 0, Abandoned = null },
        ];
    }

    private static GeneratedLeg[] Voicemail(GeneratedLeg leg, string id)
    {
        var waited = Waited(leg, $"7{id}", seconds: 100);
        return [waited, waited with { CallType = "Inbound Voicemail", Start = waited.End, End = waited.End + Duration.FromSeconds(45), Disposition = "Voicemail", Ivr = null, QueueWait = 0, Abandoned = null }];
    }

    private static GeneratedLeg InIvrOnly(GeneratedLeg leg, string id) => new()
    {
        CallId = $"6{id}",
        Start = leg.Start,
        End = leg.Start + Duration.FromSeconds(12),
        Campaign = leg.Campaign,
        CallType = "Inbound",
        Disposition = "Wrong Number",
        Customer = (leg.Customer + 1_234) % 10_000,
        Ivr = 12,
        Abandoned = 0,
    };

    private static GeneratedLeg NoAnswer(GeneratedLeg leg, string id) => new()
    {
        CallId = $"5{id}",
        Start = leg.Start - Duration.FromSeconds(40),
        End = leg.Start - Duration.FromSeconds(15),
        Campaign = leg.Campaign,
        CallType = "Outbound",
        Disposition = "No Answer",
        Customer = (leg.Customer + 2_345) % 10_000,
    };
}
