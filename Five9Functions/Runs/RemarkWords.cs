using Five9Functions.Five9.Reports;

namespace Five9Functions.Runs;

/// <summary>The sentences for <see cref="ReportRemarks"/>. Pure.</summary>
internal static class RemarkWords
{
    public static IEnumerable<(SliceConcern Concern, string Text)> Of(ReportRemarks remarks)
    {
        if (remarks.ReadAsNone.Count > 0)
        {
            yield return (SliceConcern.WordsReadAsNone, $"{string.Join(", ", remarks.ReadAsNone)} {(remarks.ReadAsNone.Count == 1 ? "is" : "are")} read as none.");
        }

        if (remarks.KeptInBrackets.Count > 0)
        {
            yield return (SliceConcern.WordsInBrackets, remarks.KeptInBrackets.Count == 1
                ? $"{remarks.KeptInBrackets[0]} stands in brackets but is no known word for none, so it stays as it is."
                : $"{string.Join(", ", remarks.KeptInBrackets)} stand in brackets but are no known words for none, so they stay as they are.");
        }

        if (remarks.UnknownCallTypes.Count > 0)
        {
            yield return (SliceConcern.Unclassified, $"call types that are not known are in no figure: {string.Join(", ", remarks.UnknownCallTypes)}.");
        }

        if (remarks.LoginsThatDifferInCase > 0)
        {
            yield return (SliceConcern.LoginsDifferInCase, $"{remarks.LoginsThatDifferInCase} logins differ from another one in upper and lower case alone; each is an agent of its own.");
        }

        if (remarks.LegsThatDiffer > 0)
        {
            yield return (SliceConcern.LegsDiffer, $"{remarks.LegsThatDiffer} legs equal another one in CALL ID, TIMESTAMP, CALL TYPE and AGENT but not in the rest, and all of them count: were two exports put together?");
        }
    }
}
