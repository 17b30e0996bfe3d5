using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Storage;
using Five9Functions.Users;

namespace Five9Functions.Tests.Fairness;

/// <summary>The ways to fail.</summary>
internal static class Failures
{
    /// <summary>More than are asked for in an hour and a half.</summary>
    private const int Always = 500;

    private static readonly TimeSpan Never = TimeSpan.FromDays(100);

    /// <summary>Of Five9, each with a user of its own.</summary>
    public static IReadOnlyList<Failure> OfFive9 { get; } =
    [
        new("wrong-password", "Problem='credential-rejected'") { Settings = With("SecretName", FairnessApp.WrongSecret) },
        new("account-locked", "Problem='credential-rejected'") { Five9 = Answers("runReport", SimulatedAnswer.Fault("InvalidAccount", "The account is locked", 200)) },
        new("report-not-found", "Problem='report-not-found'") { Settings = With("AgentStateFolder", "My Reports") },
        new("away", "Problem='five9-failed'") { Five9 = Answers("runReport", SimulatedAnswer.Http(503, "away")) },
        new("quota-used-up", "Problem='quota-used-up'") { Five9 = Answers("runReport", SimulatedAnswer.Fault("OperationsLimitExceeded", "said", details: [("limit", "1"), ("operationType", "ReportRequest")])) },
        new("never-finished", "Problem='report-timed-out'") { ReportDuration = Never },
        new("id-gone", "Problem='report-gone'") { Five9 = Answers("isReportRunning", SimulatedAnswer.Fault("UnknownIdentifier", "gone")) },
        new("column-missing", "Problem='column-missing'") { Header = "DATE,AGENT" },
        new("csv-cut", "Problem='answer-cut-short'") { Five9 = Answers("getReportResultCsv", SimulatedAnswer.Truncated(300)) },
        new("slices-unreadable", "of the table ImportSlices cannot be read") { ReportDuration = Never, BeforeTick = Spoil("ImportSlices", "State", "Lost") },
        new("user-unreadable", "of the table Five9Users cannot be read") { ReportDuration = Never, BeforeTick = SpoilUserAsync, Nameless = true },
        new("removed", "Problem='integration-removed'") { ReportDuration = Never, BeforeTick = RemoveAsync },
        new("long-history", "Backfill run") { ReportDuration = TimeSpan.FromMinutes(10), Settings = With("HistoryDays", "1095") },
    ];

    /// <summary>Of what is stored. They share one Five9 user with each other and with the healthy integration.</summary>
    public static IReadOnlyList<Failure> OfStorage { get; } =
    [
        new("timelines-refused", "Problem='not-normalized'") { RefusedTable = "AgentStates" },
        new("nonsense-sent", "was moved to agent-state-reports-poison") { BeforeTick = SendNonsenseAsync, Nameless = true },
        new("zone-unknown", "is not an IANA time zone") { BeforeTick = Spoil("Integrations", "Zone", "Mars/Olympus") },
        new("host-missing", "of the table Integrations cannot be read") { BeforeTick = Spoil("Integrations", "Host", "") },
        new("history-unreadable", "of the table Integrations cannot be read") { BeforeTick = Spoil("Integrations", "HistoryStart", "yesterday") },
        new("schedule-missing", "divide") { BeforeTick = Spoil("Integrations", "ScheduleMinutes", 0) },
        new("run-unreadable", "of the table ImportRuns cannot be read") { BeforeTick = SpoilRunAsync },
        new("day-unreadable", "of the table ReportDays cannot be read") { BeforeTick = Spoil("ReportDays", "Windows", "[") },
        new("blob-spoiled", "was begun anew") { BeforeTick = SpoilBlobsAsync },
    ];

    private static Dictionary<string, string> With(string key, string value) => new() { [key] = value };

    private static Action<Five9Simulator> Answers(string operation, SimulatedAnswer answer) => five9 =>
    {
        for (var i = 0; i < Always; i++)
        {
            five9.Next(operation, answer);
        }
    };

    private static Func<FairnessApp, string, CancellationToken, Task> Spoil(string table, string column, object value) => async (app, integration, cancellationToken) =>
    {
        await foreach (var row in app.Table(table).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            if ($"{row.PartitionKey}|{row.RowKey}|".Contains($"{integration}|", StringComparison.Ordinal))
            {
                await app.Table(table).UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { [column] = value }, row.ETag, TableUpdateMode.Merge, cancellationToken);
            }
        }
    };

    // One that is open: nobody reads the others while nothing is asked about them.
    private static async Task SpoilRunAsync(FairnessApp app, string integration, CancellationToken cancellationToken)
    {
        const string run = "2516086599999999999";
        await app.Table("ImportRuns").UpsertEntityAsync(new TableEntity(integration, run) { ["Kind"] = "Sometimes" }, cancellationToken: cancellationToken);
        var known = (await app.Get<IntegrationTable>().FindAsync(integration, cancellationToken))!;
        await app.Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(known), user => user.WithOpenRun(new OpenRun(integration, run)), cancellationToken);
    }

    private static async Task SpoilUserAsync(FairnessApp app, string integration, CancellationToken cancellationToken)
    {
        await foreach (var row in app.Table("Five9Users").QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            if (row.GetString("OpenRuns").Contains(integration, StringComparison.Ordinal))
            {
                await app.Table("Five9Users").UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["UnderWay"] = "[" }, row.ETag, TableUpdateMode.Merge, cancellationToken);
            }
        }
    }

    private static async Task RemoveAsync(FairnessApp app, string integration, CancellationToken cancellationToken) =>
        await app.Table("Integrations").DeleteEntityAsync("integrations", integration, cancellationToken: cancellationToken);

    private static async Task SpoilBlobsAsync(FairnessApp app, string integration, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(app.Storage, "reports");
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (blob.Name.Contains(integration, StringComparison.Ordinal))
            {
                await container.GetBlobClient(blob.Name).UploadAsync(BinaryData.FromString("nonsense"), overwrite: true, cancellationToken);
            }
        }
    }

    private static async Task SendNonsenseAsync(FairnessApp app, string integration, CancellationToken cancellationToken)
    {
        foreach (var queue in StorageLayout.Queues)
        {
            var client = new QueueClient(app.Storage, queue);
            foreach (var text in new[] { "no base64!", "bm8gSlNPTg==", "bnVsbA==", "e30=" }) // the second says: no JSON; then null; then {}
            {
                await client.SendMessageAsync(text, cancellationToken);
            }
        }
    }
}
