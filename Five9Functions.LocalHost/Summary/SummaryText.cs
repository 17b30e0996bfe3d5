using System.Globalization;
using Five9Functions.Calls;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.LocalHost.Summary;

/// <summary>The summary of an import as lines of at most 100 columns.</summary>
internal static class SummaryText
{
    public static IEnumerable<StyledLine> Figures(ImportFigures f)
    {
        var took = f.Run.FinishedAt is { } end ? (end - f.Run.RequestedAt).TotalSeconds : 0;
        yield return "";
        yield return StyledLine.Heading(Text($"{f.Integration.Id}: {(f.Fold.Failed == 0 ? "imported" : "the import failed:")} {Days(f.Days)} in {took:0.0} s"));
        yield return Figure("Rows read", f.Fold.Read, Text($"from {f.Fold.Slices} {(f.Fold.Slices == 1 ? "report" : "reports")}; {f.Fold.Outside:N0} lie outside their report's window (padding)"));
        foreach (var line in f.Integration.Imports(ReportNames.AgentStates) ? AgentStates(f) : [])
        {
            yield return line;
        }

        foreach (var line in f.Calls is { } calls ? Calls(calls) : [])
        {
            yield return line;
        }

        foreach (var warning in f.Warnings)
        {
            yield return $"  ! {warning}";
        }
    }

    private static IEnumerable<StyledLine> AgentStates(ImportFigures f)
    {
        yield return Figure("Agent states", f.Rows.Rows, "rows for these days; each is in exactly one of:");
        yield return Figure("  visible", f.Rows.Visible, "shown in a timeline");
        yield return Figure("  absorbed", f.Rows.Absorbed, "always under shorter states");
        yield return Figure("  duplicates", f.Rows.Duplicate, "the same row twice");
        yield return Figure("  markers", f.Rows.Marker, "states without a length");
        yield return Figure("  quarantined", f.Rows.Quarantined, "not understood; kept with the reason");
        yield return Figure("States", f.Segments, Text($"segments in the clean timelines of {f.Agents:N0} agents; of them:"));
        yield return Figure("  overlaps fixed", f.Adjusted, "adjusted, because a shorter state went first");
        yield return Figure("  open", f.Open, "still going on when the report was run");
    }

    private static IEnumerable<StyledLine> Calls(CallAccounting legs)
    {
        yield return Figure("Legs of calls", legs.Rows, "rows of the call log for these days; each is in exactly one of:");
        yield return Figure("  of contacts", legs.ContactLegs, "came in and reached a queue");
        yield return Figure("  IVR only", legs.IvrOnly, "came in and never reached one");
        yield return Figure("  outbound", legs.Outbound + legs.Attempt, Text($"made by agents or for them; {legs.Attempt:N0} reached nobody"));
        yield return Figure("  other", legs.CallbackAttempt + legs.Voicemail + legs.ThirdParty + legs.Internal + legs.Unclassified, "callback attempts, voicemail, third parties, internal");
        yield return Figure("  duplicates", legs.Duplicate, "the same row twice");
        yield return Figure("  quarantined", legs.Quarantined, "not understood; kept with the reason");
    }

    public static IEnumerable<StyledLine> Times(IReadOnlyList<FunctionTime> times)
    {
        var failed = times.Any(t => t.Failed > 0);
        yield return "";
        yield return StyledLine.Heading($"How long each step took{"runs",9}{"total",11}{"longest",11}{(failed ? "   failed" : "")}");
        foreach (var t in times)
        {
            yield return Text($"  {t.Function,-21}{t.Runs,9:N0}{t.Total.TotalSeconds,9:0.00} s{t.Longest.TotalSeconds,9:0.00} s{(failed ? t.Failed : ""),9}");
        }

        yield return "  Functions run side by side, so the totals are more than the clock's time.";
    }

    public static IEnumerable<StyledLine> BeforeAndAfter(AgentStretch? stretch)
    {
        yield return "";
        if (stretch is null)
        {
            yield return "No two states overlap on these days, so there is nothing to draw.";
            yield break;
        }

        yield return StyledLine.Heading("One agent before and after");
        foreach (var line in TimelineDrawing.Draw(stretch))
        {
            yield return line;
        }

        yield return "";
        foreach (var line in FixedOverlaps.Describe(stretch))
        {
            yield return line;
        }
    }

    /// <param name="storage">Where the tables are.</param>
    /// <param name="figures">Of the integration whose rows are the example.</param>
    /// <param name="ending">The command ends now, and what is in memory with it.</param>
    public static IEnumerable<StyledLine> Where(StoragePlace storage, ImportFigures figures, bool ending)
    {
        yield return "";
        yield return StyledLine.Heading("Where the tables are");
        if (storage.Connection is null)
        {
            yield return "  In the account that AzureWebJobsStorage names.";
        }
        else
        {
            yield return $"  Connection     {storage.Connection}";
            yield return Text($"  Endpoint       http://127.0.0.1:{storage.Ports[2]}/devstoreaccount1 (Storage Explorer: Emulator)");
        }

        if (figures.Days.Count > 0)
        {
            yield return $"  Look first at  table AgentStates, PartitionKey {AgentStatesKeys.Partition(figures.Integration.Id, figures.Days[^1], 0)}: a row for each state";
        }

        if (figures.Queues is { } day)
        {
            yield return $"  and at         table QueueIntervals, PartitionKey {QueueIntervalsKeys.Partition(figures.Integration.Id, day.Date)}: a row for each queue and quarter hour";
            yield return "                 Calls (a row for each leg), Queues (the catalogue)";
        }

        yield return "  Then at        ReportDays (what was read, what became of it), ImportRuns and ImportSlices";
        yield return "                 (who asked, how far it came), Integrations, Five9Users";
        yield return "  Raw reports    container reports, a blob for each day: what Five9 said";
        if (storage is { Connection: not null, Folder: null })
        {
            yield return ending ? "  All of it is in memory and ends now; without --once it stays until Ctrl+C." : "  All of it is in memory and stays until Ctrl+C.";
        }
        else if (storage.Folder is not null)
        {
            yield return $"  Kept in        {storage.Folder}{(ending ? "; start without --once to look at it" : "")}";
        }
    }

    private static StyledLine Figure(string what, int number, string note) => Text($"  {what,-17}{number,11:N0}   {note}");

    private static string Days(IReadOnlyList<LocalDate> days) => days switch
    {
        [] => "nothing new",
        [var one] => Text($"{one:uuuu-MM-dd}"),
        [var first, .., var last] => Text($"{first:uuuu-MM-dd} to {last:uuuu-MM-dd}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
