using Azure.Data.Tables;
using Five9Functions.Runs;
using Five9Functions.Tests.Storage.Faults;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>
/// Storage does what it was asked and the answer is lost: the client asks again by itself, and is refused because of its own first
/// try. Here for the writes of an import, one after the other; and the same when the request never arrived.
/// </summary>
[CancelAfter(240_000)]
public sealed class LostAnswerTests : EndToEndTest
{
    private static readonly string[] Kinds =
    [
        "POST ImportRuns", "PUT ImportRuns", "PUT Five9Users", "POST ImportSlices", "PUT ImportSlices", "POST ReportDays", "PUT ReportDays", "POST AgentStates",
        "POST import-jobs", "POST agent-state-reports", "POST normalize-jobs",
        "DELETE import-jobs", "DELETE agent-state-reports", "DELETE normalize-jobs",
        "PUT block", "PUT blocklist",
    ];

    [TestCase(true, 3)]
    [TestCase(false, 1)]
    public async Task AnyWriteWhoseAnswerIsLost_CountsOnce_AndTheImportGoesOnAtOnce(bool committed, int ofEachKind)
    {
        var rows = new StateRows();
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows, Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" } });
        var (round, hit) = (0, new HashSet<string>());
        foreach (var (kind, number) in Kinds.SelectMany(kind => Enumerable.Range(1, ofEachKind).Select(number => (kind, number))))
        {
            var (minute, left, where) = (++round % 60, number, $"{kind} {number}");
            app.Clock.Advance(Duration.FromHours(1));
            rows.Rows =
            [
                new("anna", "Ready", $"2026-11-02T20:{minute:00}:00Z", "2026-11-02T22:00:00Z"),
                new("ben", "Ready", "2026-11-02T23:00:00Z", $"2026-11-03T08:{minute:00}:00Z"),
            ];
            app.Network.Faults = request =>
            {
                if (!request.CanWrite || Kind(request) != kind || --left != 0)
                {
                    return null;
                }

                hit.Add(kind);
                return committed ? NetworkFaults.LostAnswer : NetworkFaults.LostRequest;
            };
            if (kind == "POST ReportDays")
            {
                await DeleteDaysAsync(app);
            }

            var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
            await app.Host.WhenIdleAsync(Token);

            var fold = await app.FoldAsync(run, Token);
            Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 2)), where);
            Assert.That(await app.RowsAsync("Five9Users", Token), Has.One.Contains("OpenRuns='[]'").And.One.Contains("UnderWay='[]'").And.One.Contains("LeaseOwner=''"), where);
            Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
            {
                $"anna Ready 20:{minute:00}:00-22:00:00",
                "ben Ready 23:00:00-08:00:00, continues on the next day",
            }), where);
            Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { $"ben Ready 08:00:00-08:{minute:00}:00, continues from the previous day" }), where);
            Assert.That((app.Five9.Calls["runReport"], app.Five9.Calls["isReportRunning"], app.Five9.Calls["getReportResultCsv"]), Is.EqualTo((round, round, round)), where);
        }

        Assert.That(hit, Is.EquivalentTo(Kinds));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    private static string Kind(StorageRequest request) => $"{request.Method} {What(request)}";

    private static string What(StorageRequest request) =>
        request.Query.Contains("comp=blocklist&", StringComparison.Ordinal) ? "blocklist"
        : request.Query.Contains("comp=block&", StringComparison.Ordinal) ? "block"
        : request.Entities is [var first, ..] ? first.Table
        : request.Path.Split('/')[2];

    private static async Task DeleteDaysAsync(TestApp app)
    {
        var days = new TableClient(app.ConnectionString, "ReportDays");
        await foreach (var day in days.QueryAsync<TableEntity>())
        {
            await days.DeleteEntityAsync(day);
        }
    }
}
