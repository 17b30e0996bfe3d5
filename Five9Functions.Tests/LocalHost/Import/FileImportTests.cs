using System.Text;
using Five9Functions.Calls;
using Five9Functions.LocalHost.Import;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Import;

/// <summary>Four days of ten agents, one of whom works over the midnights, with rows that cannot be understood and states that last for days.</summary>
public sealed class FileImportTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parts");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task InManyReportsAndParts_TheFilesAreThoseOfOnePart()
    {
        var (states, calls) = (await WriteAsync(), await WriteCallsAsync());

        var (once, one) = await ImportAsync(states, calls, ImportPlan.RowsOfReport, ImportPlan.RowsOfPart);
        var (inPieces, many) = await ImportAsync(states, calls, rowsOfReport: 400, rowsOfPart: 1500);

        Assert.That((one, many), Is.EqualTo(("12 of 12 reports imported", "29 of 29 reports imported")));
        foreach (var name in ImportFiles.Names)
        {
            var expected = await File.ReadAllTextAsync(Path.Combine(once.FullName, name));
            Assert.That(expected, Has.Length.GreaterThan(200), name);
            Assert.That(await File.ReadAllTextAsync(Path.Combine(inPieces.FullName, name)), Is.EqualTo(expected), name);
        }
    }

    private async Task<(DirectoryInfo Files, string Last)> ImportAsync(FileInfo states, FileInfo calls, int rowsOfReport, int rowsOfPart)
    {
        var request = new ImportRequest(states, calls, QueueGrouping.Campaign, Zone, null, _folder.CreateSubdirectory($"{rowsOfReport}"));
        using var spools = new ImportSpools(request);
        var progress = new List<string>();
        var outcome = await new FileImport(request, spools, progress.Add, rowsOfReport, rowsOfPart).RunAsync(CancellationToken.None);
        Assert.That(outcome.Succeeded, Is.True);
        ImportFiles.Write(request.Output, Zone, outcome);
        return (request.Output, progress[^1]);
    }

    /// <summary>Of the first two days alone.</summary>
    private async Task<FileInfo> WriteCallsAsync()
    {
        var rows = new GeneratedCallLog(new GeneratedAgentStates(7, 10, Zone));
        var from = Instant.FromUtc(2026, 8, 17, 7, 0);
        var records = rows.Records(new Interval(from, from + Duration.FromDays(2)), from + Duration.FromDays(5)).Select(r => Encoding.UTF8.GetString(r.Span)).ToList();
        var file = new FileInfo(Path.Combine(_folder.FullName, "calls.csv"));
        await File.WriteAllLinesAsync(file.FullName, [Encoding.UTF8.GetString(rows.Header.Span), .. records, records[0].Replace("Inbound", "Inbound\"", StringComparison.Ordinal)]);
        return file;
    }

    private async Task<FileInfo> WriteAsync()
    {
        var rows = new GeneratedAgentStates(7, 10, Zone);
        var from = Instant.FromUtc(2026, 8, 17, 7, 0);
        var records = rows.Records(new Interval(from, from + Duration.FromDays(4)), from + Duration.FromDays(5)).Select(r => Encoding.UTF8.GetString(r.Span));
        var columns = Encoding.UTF8.GetString(rows.Header.Span).Split(',');
        string Row(params (string Column, string Value)[] values) => string.Join(',', columns.Select(c => values.FirstOrDefault(v => v.Column == c).Value ?? ""));
        var file = new FileInfo(Path.Combine(_folder.FullName, "report.csv"));
        await File.WriteAllLinesAsync(
            file.FullName,
            [
                string.Join(',', columns),
                .. records,
                Row(("AGENT", "long@example.com"), ("DATE", "2026/08/17"), ("TIME", "09:00:00"), ("STATE", "Ready"), ("AGENT STATE TIME", "120:00:00")),
                Row(("AGENT", "long@example.com"), ("DATE", "2026/08/19"), ("TIME", "09:00:00"), ("STATE", "Not Ready"), ("AGENT STATE TIME", "00:10:00")),
                Row(("AGENT", "bad@example.com"), ("DATE", "2026/08/19"), ("TIME", "10:00:00"), ("STATE", "Ready"), ("AGENT STATE TIME", "-00:10:00")),
                Row(("AGENT", "bad@example.com"), ("DATE", "2026/08/19"), ("TIME", "17:00:00"), ("STATE", "Ready"), ("AGENT STATE TIME", "ten minutes")),
            ]);
        return file;
    }
}
