using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.EndToEnd.Kills;
using NodaTime;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>Four days of Los Angeles with one state each, asked for over HTTP: whatever becomes of the run, coverage tells what is held.</summary>
[CancelAfter(240_000)]
public sealed class StoppedRunCoverageTests : ApiTest
{
    private const string Imports = "integrations/acme/imports";
    private const string FourDays = """{"from":"2026-11-02","to":"2026-11-06"}""";
    private const string Coverage = "integrations/acme/coverage?from=2026-11-02&to=2026-11-06";
    private const string Columns = "date,report,state,rows,missing,asOf,reason";

    private static readonly Duration MaxLease = Duration.FromMinutes(1);

    private static TestSetup Setup => new()
    {
        Now = "2026-11-06T12:00:00Z",
        Rows = new StateRows([.. Enumerable.Range(2, 4).Select(day => new StateRow("anna", "Ready", $"2026-11-0{day}T21:00:00Z", $"2026-11-0{day}T21:10:00Z"))]),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true", ["Integrations:acme:HistoryDays"] = "4" },
    };

    private static KillStep[] Kills =>
    [
        KillStep.Before("lease | runReport is sent", r => r.Call == "runReport"),
        KillStep.After("raw day committed | slice row Normalizing", r => r.Commits()),
        KillStep.After("ReportDays | next day, slice's end", r => r.Adds("ReportDays")),
    ];

    [Test]
    public async Task OfACancelledRun_WhatLandedIsComplete_AndTheRestIsMissing_ThoughEveryMessageComesAgain()
    {
        var (app, api) = await ServeAsync(Setup);
        var (id, left) = (new TaskCompletionSource<string>(), 1);
        app.Traffic.LoseNext(message => message.Json.Contains("|2026-11-04T08:00:00Z|", StringComparison.Ordinal));
        app.Traffic.Before = async request =>
        {
            if (request.CanWrite && request.Path.Contains("/ReportDays", StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0)
            {
                Assert.That((await api.PostAsync($"{Imports}/{await id.Task}/cancel")).Status, Is.EqualTo(202));
            }
        };

        id.SetResult((await api.PostAsync(Imports, FourDays))["id"]!);
        await app.Host.WhenIdleAsync(Token);

        string[] expected =
        [
            Columns,
            "2026-11-02,agent-states,missing,0,2026-11-02T08:00:00Z/2026-11-03T08:00:00Z,,",
            "2026-11-03,agent-states,missing,0,2026-11-03T08:00:00Z/2026-11-04T08:00:00Z,,",
            "2026-11-04,agent-states,missing,0,2026-11-04T08:00:00Z/2026-11-05T08:00:00Z,,",
            "2026-11-05,agent-states,complete,1,,2026-11-06T12:00:00Z,",
        ];
        Assert.That((await api.GetAsync($"{Imports}/{await id.Task}"))["status"], Is.EqualTo("cancelled"));
        Assert.That(await ResultText.CsvAsync(api, Coverage), Is.EqualTo(expected));

        foreach (var message in app.Traffic.Messages.ToList())
        {
            await app.SendAsync(message, Token);
        }

        await app.Host.WhenIdleAsync(Token);
        Assert.That(await ResultText.CsvAsync(api, Coverage), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Kills))]
    public async Task OfAKilledRun_NothingIsMissing_OnceItWentOn(object step)
    {
        var (app, api) = await ServeAsync(Setup);
        app.KillAt = ((KillStep)step).Once();
        var id = (await api.PostAsync(Imports, FourDays))["id"];
        await app.Killed.WaitAsync(Token);
        app.Clock.Advance(MaxLease);
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);

        var revived = ClientOf(app);
        Assert.That((await revived.GetAsync($"{Imports}/{id}"))["status"], Is.EqualTo("succeeded"));
        var coverage = await revived.GetAsync(Coverage);
        Assert.That(coverage.Items("date", "report", "state", "rows"), Is.EqualTo(new[]
        {
            "2026-11-02 agent-states complete 1", "2026-11-03 agent-states complete 1", "2026-11-04 agent-states complete 1", "2026-11-05 agent-states complete 1",
        }));
        Assert.That(coverage.Text, Does.Not.Contain("\"missing\":[{"));
    }
}
