using Five9Functions.Runs;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>The numbers and names of customers, and their recordings, in good rows and in bad ones: nothing that is kept or said has them.</summary>
[CancelAfter(240_000)]
public sealed class CustomerDataTests : EndToEndTest
{
    private const string Caller = "5559998881";
    private const string Called = "5559998882";
    private const string Customer = "Maria Marked";
    private const string Recording = "recording-998883";

    [TestCase(false)]
    [TestCase(true)]
    public async Task CustomerData_IsKeptNowhere_UnlessTheIntegrationKeepsIt(bool keep)
    {
        using var search = new LeakSearch("nobody", Caller, Called, Customer, Recording);
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-08-22T20:00:00Z",
            Rows = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z")),
            Calls = new CallRows(string.Join('\n', [
                "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,ANI,CUSTOMER NAME,DNIS,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED,RECORDINGS",
                Row("101", "00:01:00", ""),
                Row("102", "a while", ""),
                Row("103", "00:01:00", $",{Caller}"),
            ])),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1", ["Integrations:acme:KeepCustomerData"] = $"{keep}" },
            Logger = search,
        });

        var run = await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await search.SearchStorageAsync(app, Token);

        Assert.That((run.Status, run.Landed, run.Quarantined), Is.EqualTo((RunStatus.Succeeded, 2, 2)));
        Assert.That(search.Searched.Keys, Is.SupersetOf(new[] { "log", "messages", "requests to storage", "tables", "blobs" }));
        Assert.That(search.Found.Select(found => found.Split(" (")[0]).Distinct(), keep ? Is.EquivalentTo(new[] { "requests to storage", "tables", "blobs" }) : Is.Empty);
    }

    // The second is quarantined for its length, the third for one field too many: there nobody can tell the columns apart.
    private static string Row(string call, string talk, string more) =>
        $"{call},\"Fri, 21 Aug 2026 09:00:00\",Sales In,Inbound,ann,{Caller},{Customer},{Called},00:00:05,00:00:02,{talk},00:00:00,00:00:00,00:00:10,0,{Recording}{more}";
}
