using System.CommandLine;
using System.CommandLine.Parsing;
using Five9Functions.Calls;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary><c>import</c>: a person's exported report through the real flow, into files.</summary>
internal static class ImportCommand
{
    private const int EarliestYear = 1900;
    private const int LatestYear = 9000;

    public static Command Create()
    {
        var agentStates = new Option<FileInfo>("--agent-states") { Description = "The exported agent-state report (CSV).", Required = true };
        var zone = new Option<DateTimeZone>("--zone") { Description = "The zone of the report's times (IANA).", DefaultValueFactory = _ => DateTimeZoneProviders.Tzdb["America/Los_Angeles"], CustomParser = Zone };
        var asOf = new Option<Instant?>("--as-of") { Description = "When the report was run, such as 2026-11-02T21:00:05Z.", CustomParser = AsOf };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the files go; created if missing.", Required = true };

        var command = new Command("import", "Takes your own exported report through the same flow and writes the clean timelines as files.") { agentStates, zone, asOf, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ImportRequest(parsed.GetRequiredValue(agentStates), null, QueueGrouping.Campaign, parsed.GetRequiredValue(zone), parsed.GetValue(asOf), parsed.GetRequiredValue(output)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // Before the work, so that nobody waits for an import that cannot be written.
            request.Output.Create();
            using var spools = new ImportSpools(request);
            var outcome = await OutcomeAsync(request, spools.Segments!, cancellationToken);
            ImportFiles.Write(request.Output, request.Zone, outcome);
            await Console.Error.WriteLineAsync(outcome.Succeeded ? Succeeded(request, outcome) : Failed(outcome.Warnings[0]));
            return outcome.Succeeded ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Failed($"Nothing can be written to {request.Output.FullName}: {e.Message}"));
            return 1;
        }
    }

    private static string Succeeded(ImportRequest request, ImportOutcome outcome)
    {
        var rows = outcome.AgentStates!.Rows;
        return $"Imported {rows.Rows} rows: {rows.Visible} visible, {rows.Absorbed} absorbed, {rows.Duplicate} duplicate, {rows.Marker} markers, {rows.Quarantined} quarantined; {outcome.AgentStates.Segments!.Count} segments in {request.Output.FullName}";
    }

    /// <summary>One line, also where a column's name or the storage's answer has several.</summary>
    private static string Failed(string why) => $"The import failed: {string.Join(' ', why.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";

    private static async Task<ImportOutcome> OutcomeAsync(ImportRequest request, SegmentSpool segments, CancellationToken cancellationToken)
    {
        if (!request.AgentStates!.Exists)
        {
            return ImportOutcome.Failed(request, $"There is no file {request.AgentStates!.FullName}.");
        }

        try
        {
            return await new FileImport(request, segments, Console.Error).RunAsync(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return ImportOutcome.Failed(request, "It was interrupted; start it again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or OptionsValidationException)
        {
            return ImportOutcome.Failed(request, e.Message);
        }
        catch (Exception e)
        {
            // Nothing is known to get here; whatever does, the caller is owed the three files and one line.
            return ImportOutcome.Failed(request, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static DateTimeZone? Zone(ArgumentResult argument)
    {
        var id = argument.Tokens[0].Value;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null)
        {
            argument.AddError($"'{id}' is not an IANA time zone such as America/Los_Angeles.");
        }

        return zone;
    }

    private static Instant? AsOf(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is not { Success: true } parsed)
        {
            argument.AddError($"'{text}' is not an instant such as 2026-11-02T21:00:05Z.");
            return null;
        }

        if (parsed.Value.Year is < EarliestYear or > LatestYear)
        {
            argument.AddError($"'{text}' is no time at which a report was run.");
            return null;
        }

        return parsed.Value.ToInstant();
    }
}
