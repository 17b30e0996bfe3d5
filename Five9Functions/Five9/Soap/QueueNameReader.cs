using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>Reads the answers to getCampaigns and getSkills: a return for each, of which only the name counts here.</summary>
internal static class QueueNameReader
{
    private const int MaxNames = 50_000;

    /// <summary>As Five9 writes them, but for blanks around them, in its order. One without a name (the WSDL lets it be absent) is none.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(XmlReader xml)
    {
        var names = new List<string>();
        await foreach (var element in SoapAnswer.ChildrenAsync(xml))
        {
            if (element == "return")
            {
                await foreach (var field in SoapAnswer.ChildrenAsync(xml))
                {
                    if (field == "name" && (await SoapAnswer.ReadTextAsync(xml)).Trim() is { Length: > 0 } name)
                    {
                        names.Add(name);
                        AnswerTooLargeException.ThrowIfOver(names.Count, MaxNames, "names");
                    }
                }
            }
        }

        return names;
    }
}
