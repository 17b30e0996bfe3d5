using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>Thursday 20 to Saturday 22 August 2026 in Los Angeles: midnight is 07:00 in UTC.</summary>
[CancelAfter(240_000)]
public sealed class CoverageApiTests : ApiTest
{
    private const string Window = "integrations/acme/coverage?from=2026-08-18&to=2026-08-25";

    [Test]
    public async Task OneDay_IsRead_Fails_AndIsReadInPart()
    {
        var states = new StateRows(new StateRow("ann", "Ready", "2026-08-20T16:00:00Z", "2026-08-20T17:00:00Z"));
        var (app, api) = await ServeAsync(new TestSetup
        {
            Rows = states,
            Calls = new CallRows(WorkedExample.Csv),
            Now = "2026-08-22T08:00:00Z",
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "2" },
        });
        await app.ImportAsync("2026-08-20T07:00:00Z", "2026-08-21T07:00:00Z", Token);
        await app.ImportAsync("2026-08-21T15:00:00Z", "2026-08-22T07:55:00Z", Token);

        string[] expected =
        [
            "date,report,state,rows,missing,asOf,reason",
            "2026-08-20,agent-states,complete,1,,2026-08-22T08:00:00Z,",
            "2026-08-20,calls,empty,0,,2026-08-22T08:00:00Z,",
            "2026-08-21,agent-states,missing,0,2026-08-21T07:00:00Z/2026-08-21T15:00:00Z,2026-08-22T08:00:00Z,",
            "2026-08-21,calls,missing,24,2026-08-21T07:00:00Z/2026-08-21T15:00:00Z,2026-08-22T08:00:00Z,",
            "2026-08-22,agent-states,provisional,0,,2026-08-22T08:00:00Z,",
            "2026-08-22,calls,provisional,0,,2026-08-22T08:00:00Z,",
        ];
        Assert.That(await ResultText.CsvAsync(api, Window), Is.EqualTo(expected));
        var page = await api.GetAsync($"{Window}&limit=3");
        Assert.That((page["items.2.date"], page["items.2.missing.0.from"], page["items.2.missing.0.to"]), Is.EqualTo(("2026-08-21", "2026-08-21T07:00:00Z", "2026-08-21T15:00:00Z")));
        var next = await api.GetAsync($"{Window}&limit=10&continuation={page["continuation"]}");
        Assert.That(next.Items("date", "report"), Is.EqualTo(new[] { "2026-08-21 calls", "2026-08-22 agent-states", "2026-08-22 calls" }));

        // A run that fails says so of what is missing, and of nothing else.
        states.HeaderText = "DATE,TIME,AGENT";
        app.Log.Expect("lacks STATE, AGENT STATE TIME");
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-21T16:00:00Z", Token);

        var failed = await api.GetAsync(Window);
        Assert.That(
            failed.Items("date", "report", "state", "rows"),
            Is.EqualTo(new[]
            {
                "2026-08-20 agent-states complete 1", "2026-08-20 calls empty 0", "2026-08-21 agent-states failed 0",
                "2026-08-21 calls complete 24", "2026-08-22 agent-states provisional 0", "2026-08-22 calls provisional 0",
            }));
        Assert.That(failed["items.2.reason"], Does.Contain("AGENT STATE TIME"));

        states.HeaderText = StateRows.Columns;
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-21T16:00:00Z", Token);
        Assert.That((await api.GetAsync(Window)).Items("date", "report", "state")[2], Is.EqualTo("2026-08-21 agent-states empty"));

        Assert.That((await api.GetAsync("integrations/acme/coverage?from=2023-08-18&to=2026-08-25")).Problem, Is.EqualTo("400 invalid: The window is longer than 1096 days: ask for a part at a time."));
        Assert.That((await api.GetAsync("integrations/none/coverage?from=2026-08-18&to=2026-08-25")).Status, Is.EqualTo(404));
        Assert.That((await api.GetAsync(Window, ("Accept", "text/html"))).Status, Is.EqualTo(406));
    }
}
