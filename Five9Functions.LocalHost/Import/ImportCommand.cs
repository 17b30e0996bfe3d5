using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.LocalHost.Files;
using Five9Functions.Problems;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary><c>import</c>: a person's exported reports through the real flow, into files.</summary>
internal static class ImportCommand
{
    private const int EarliestYear = 1900;
    private const int LatestYear = 9000;

    public static Command Create()
    {
        var agentStates = new Option<FileInfo?>("--agent-states") { Description = "The exported agent-state report (CSV)." };
        var callLog = new Option<FileInfo?>("--call-log") { Description = "The exported call log (CSV)." };
        var grouping = new Option<QueueGrouping>("--grouping") { Description = "What makes a queue: campaign, or skill (the call log needs the column SKILL). [default: campaign]", HelpName = "campaign|skill", CustomParser = Grouping };
        var zone = new Option<DateTimeZone>("--zone") { Description = "The zone of the reports' times (IANA).", DefaultValueFactory = _ => DateTimeZoneProviders.Tzdb["America/Los_Angeles"], CustomParser = Zone };
        var asOf = new Option<Instant?>("--as-of") { Description = "When the reports were run, such as 2026-11-02T21:00:05Z.", CustomParser = AsOf };
        var encoding = new Option<Encoding?>("--encoding") { Description = "The encoding of the files, such as windows-1252. [default: what their bytes say]", CustomParser = EncodingOf };
        var dates = new Option<DateOrder?>("--dates") { Description = "Which number of a date such as 11/2/2026 is the day: dmy, or mdy. [default: what the dates of the file say]", HelpName = "dmy|mdy", CustomParser = Dates };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the files go; created if missing.", Required = true };

        var command = new Command("import", "Takes your own exported reports through the same flow and writes clean timelines, single calls and call figures as files.") { agentStates, callLog, grouping, zone, dates, encoding, asOf, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(agentStates) is null && result.GetResult(callLog) is null)
            {
                result.AddError("There is nothing to import: give --agent-states FILE.csv, --call-log FILE.csv, or both.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ImportRequest(
                parsed.GetValue(agentStates), parsed.GetValue(callLog), parsed.GetValue(grouping), parsed.GetRequiredValue(zone), parsed.GetValue(asOf), parsed.GetRequiredValue(output))
            {
                Encoding = parsed.GetValue(encoding),
                Dates = parsed.GetValue(dates),
            },
            ImportScreen.Of(parsed.InvocationConfiguration.Error),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ImportRequest request, ImportScreen screen, CancellationToken cancellationToken)
    {
        try
        {
            if (Overwritten(request) is { } file)
            {
                screen.Write(Failed($"{file.FullName} would be overwritten by the result: give another --output."));
                return 1;
            }

            // Before the work, so that nobody waits for an import that cannot be written.
            request.Output.Create();
            using var spools = new ImportSpools(request);
            var outcome = await OutcomeAsync(request, spools, screen, cancellationToken);
            ImportFiles.Write(request.Output, request.Zone, outcome);
            foreach (var line in ImportWords.Of(outcome, request.Output))
            {
                screen.Write(line);
            }

            if (!outcome.Succeeded)
            {
                screen.Write(Failed(outcome.Warnings[0]));
            }

            return outcome.Succeeded ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            screen.Write(Failed($"Nothing can be written to {request.Output.FullName}: {e.Message}"));
            return 1;
        }
    }

    /// <summary>One line, also where a column's name or the storage's answer has several.</summary>
    private static string Failed(string why) => $"The import failed: {ImportWords.OneLine(why)}";

    /// <summary>The person's file that has the name of a result.</summary>
    private static FileInfo? Overwritten(ImportRequest request) => Files(request).FirstOrDefault(
        file => ImportFiles.Names.Any(name => string.Equals(Path.Combine(request.Output.FullName, name), file.FullName, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<FileInfo> Files(ImportRequest request) => new[] { request.AgentStates, request.CallLog }.OfType<FileInfo>();

    private static async Task<ImportOutcome> OutcomeAsync(ImportRequest request, ImportSpools spools, ImportScreen screen, CancellationToken cancellationToken)
    {
        if (Files(request).FirstOrDefault(file => !file.Exists) is { } missing)
        {
            return ImportOutcome.Failed(request, $"There is no file {missing.FullName}.");
        }

        try
        {
            return await new FileImport(request, spools, screen.Write).RunAsync(cancellationToken);
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
            // Nothing is known to get here; whatever does, the caller is owed the files and one line.
            return ImportOutcome.Failed(request, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static QueueGrouping Grouping(ArgumentResult argument)
    {
        var word = argument.Tokens[0].Value;
        foreach (var grouping in Enum.GetValues<QueueGrouping>())
        {
            if (grouping.Code() == word)
            {
                return grouping;
            }
        }

        argument.AddError($"'{word}' is no grouping of queues: campaign or skill.");
        return default;
    }

    private static DateOrder? Dates(ArgumentResult argument)
    {
        var word = argument.Tokens[0].Value;
        foreach (var order in Enum.GetValues<DateOrder>())
        {
            if (order.Code() == word)
            {
                return order;
            }
        }

        argument.AddError($"'{word}' is no order of day and month: dmy or mdy.");
        return null;
    }

    private static Encoding? EncodingOf(ArgumentResult argument)
    {
        var name = argument.Tokens[0].Value;
        var encoding = FileEncoding.Find(name);
        if (encoding is null)
        {
            argument.AddError($"'{name}' is not the name of an encoding such as utf-8 or windows-1252.");
        }

        return encoding;
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
