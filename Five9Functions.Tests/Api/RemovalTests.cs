using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Five9Functions.Api;
using Five9Functions.Five9.Reports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Retention;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.EndToEnd.Kills;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>acme is removed, and acme-2 has nothing to do with it. Both have timelines, calls and figures of 21 August 2026.</summary>
[CancelAfter(240_000)]
public sealed class RemovalTests : ApiTest
{
    private static readonly string[] Derived = ["AgentStates", "Calls", "QueueIntervals", "Queues"];

    private static readonly (string, string) Any = ("If-Match", "*");

    private static TestSetup Setup => new()
    {
        Now = "2026-08-22T12:00:00Z",
        Rows = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z")),
        Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
        Integrations = ["acme", "acme-2"],
        Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1", ["Integrations:acme-2:HistoryDays"] = "1" },
    };

    [Test]
    public async Task WithItsData_NothingOfItIsLeft_AndAnotherIsUntouched()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.TickAsync(Token);
        await LandAsync(app, new LocalDate(2026, 8, 1));
        await api.PostAsync("integrations/acme/imports", """{"from":"2026-08-22T07:00:00Z","to":"2026-08-22T08:00:00Z"}""", ("Idempotency-Key", "once"));
        await app.Host.WhenIdleAsync(Token);
        await api.PutAsync("integrations/acme/queues/Sales In/workload", """{"workload":"Sales"}""", Any);
        await api.PutAsync("integrations/acme/activities", "{}", Any);
        await api.PutAsync("integrations/acme/schedules?from=2026-08-21&to=2026-08-22", """{"items":[{"agent":"ann","activity":"Phone","type":"work","start":"2026-08-21T08:00","end":"2026-08-21T12:00"}]}""");
        var (others, was) = (await DerivedAsync(app, "acme-2"), await LeftAsync(app, "acme"));
        Assert.That(was.Select(line => line.Split(' ')[0]).Distinct(), Is.EquivalentTo(new[] { "ImportRuns", "ImportSlices", "ImportChanges", "ReportDays", "AgentStates", "Calls", "QueueIntervals", "Queues", "Workloads", "Schedules", "Activities", "blob" }));

        Assert.That((await api.DeleteAsync("integrations/acme", Any)).Problem, Is.EqualTo(
            "400 invalid: Say what is to become of what was imported: data=keep leaves it for an integration of the same id, data=delete deletes all of it."));
        Assert.That((await api.DeleteAsync("integrations/acme?data=all", Any)).Problem, Does.StartWith("400 invalid: Say what is to become"));
        Assert.That((await api.DeleteAsync("integrations/nobody?data=delete", Any)).Problem, Does.StartWith("404 integration-unknown"));
        Assert.That((await api.DeleteAsync("integrations/acme?data=delete")).Problem, Does.StartWith("428 if-match-missing"));
        Assert.That((await api.DeleteAsync("integrations/acme?data=delete", ("If-Match", "\"older\""))).Problem, Does.StartWith("412 changed"));
        Assert.That(await LeftAsync(app, "acme"), Is.EqualTo(was));

        var reply = await api.DeleteAsync("integrations/acme?data=delete", ("If-Match", EntityTag.Of((await app.Get<IntegrationTable>().FindStoredAsync("acme", Token))!.Value.ETag)));
        await app.Host.WhenIdleAsync(Token);

        Assert.That((reply.Status, reply.Text), Is.EqualTo((202, "")));
        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        Assert.That(await IntegrationRowsAsync(app), Is.EqualTo(new[] { "acme-2", "name:ACME-2", "removed:acme" }));
        Assert.That(() => app.Vault.Secrets.Get("five9-acme", null), Throws.TypeOf<VaultFaultException>());
        Assert.That(app.Vault.Secrets.GetDeleted("five9-acme"), Is.Not.Null, "softly");
        Assert.That((await api.DeleteAsync("integrations/acme?data=delete", Any)).Status, Is.EqualTo(404));
        Assert.That(
            () => app.Get<IntegrationTable>().SeedAsync(Again(app), Token),
            Throws.TypeOf<RemovedIntegrationException>().With.Message.EqualTo(
                "The integration acme was removed with its data, which is still being deleted: create it again in a quarter of an hour, or choose another id."));

        await AfterAsync(app, Duration.FromMinutes(14));
        Assert.That(await IntegrationRowsAsync(app), Has.One.EqualTo("removed:acme"));
        await AfterAsync(app, Duration.FromMinutes(1));

        Assert.That(await IntegrationRowsAsync(app), Is.EqualTo(new[] { "acme-2", "name:ACME-2" }));
        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        Assert.That(await app.RowsAsync("Five9Users", Token), Has.One.Contains("OpenRuns='[]'").And.One.Contains("UnderWay='[]'"));
        Assert.That(await DerivedAsync(app, "acme-2"), Is.EqualTo(others));
        Assert.That(app.Vault.Secrets.Get("five9-acme-2", null), Is.Not.Null);
        await app.Get<IntegrationTable>().SeedAsync(Again(app), Token);
        Assert.That((await app.Get<IntegrationTable>().FindAsync("acme", Token))!.Buckets, Is.EqualTo(16), "nothing of the old one is known");
    }

    [Test]
    public async Task WithoutItsData_ItStays_AndTheNextOfTheIdGoesOnWithIt()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.TickAsync(Token);
        var was = await LeftAsync(app, "acme");

        var both = await Task.WhenAll(api.DeleteAsync("integrations/acme?data=keep", Any), api.DeleteAsync("integrations/acme?data=keep", Any));
        await AfterAsync(app, Duration.FromMinutes(30));

        Assert.That(both.Select(reply => reply.Status).Order(), Is.EqualTo(new[] { 204, 404 }).Or.EqualTo(new[] { 204, 412 }));
        Assert.That(await LeftAsync(app, "acme"), Is.EqualTo(was), "nothing is scheduled, and nothing deleted");
        Assert.That(app.Vault.Secrets.Get("five9-acme", null), Is.Not.Null);
        Assert.That(
            () => app.Get<IntegrationTable>().SeedAsync(Again(app) with { Zone = "Europe/Berlin" }, Token),
            Throws.TypeOf<RemovedIntegrationException>().With.Message.EqualTo(
                "The data of the removed integration acme was kept, and its days are those of the zone America/Los_Angeles: create it with that zone, or choose another id."));

        await app.Get<IntegrationTable>().SeedAsync(Again(app), Token);
        await AfterAsync(app, Duration.FromMinutes(15));

        var next = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        Assert.That((next.Buckets, next.HistoryStart), Is.EqualTo((1, new LocalDate(2026, 8, 21))));
        Assert.That(await IntegrationRowsAsync(app), Is.EqualTo(new[] { "acme", "acme-2", "name:ACME", "name:ACME-2" }));
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Is.EqualTo(new[] { "ann Ready 16:00:00-16:00:10" }));
        Assert.That((await LeftAsync(app, "acme")).Count(line => line.StartsWith("ImportRuns ", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task WhatWasKept_IsGoneOnWithOverHttp_ByOneOfTwo_InItsOwnZone()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = [], Calls = null, Settings = new Dictionary<string, string?>(), Password = Connected.Password });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("initialHistoryDays", 1)));
        await app.Host.WhenIdleAsync(Token);
        await api.DeleteAsync("integrations/acme?data=keep", Any);

        var elsewhere = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("id", "acme"), ("zone", "Europe/Berlin")));
        var both = await Task.WhenAll(new[] { "Acme", "Acme East" }.Select(name => api.PostAsync("integrations?test=false", Connected.Body(app, name, ("id", "acme"), ("paused", true)))));
        var unnamed = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme West", ("paused", true)));

        Assert.That(elsewhere.Problem, Is.EqualTo(
            "409 kept-in-another-zone: The data of the removed integration acme was kept, and its days are those of the zone America/Los_Angeles: create it with that zone, or choose another id."));
        Assert.That(both.Select(reply => reply.Status).Order(), Is.EqualTo(new[] { 201, 409 }));
        Assert.That(both.Single(reply => reply.Status == 409)["code"], Is.EqualTo("id-taken"));
        Assert.That(unnamed["id"], Is.EqualTo("acme-west"));
        Assert.That(await IntegrationRowsAsync(app), Has.None.StartsWith("removed:").And.One.EqualTo("acme"));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-21&to=2026-08-22")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await api.GetAsync("integrations/acme/coverage?from=2026-08-21&to=2026-08-22")).Json["items"]![0]!["state"]!.ToString(), Is.EqualTo("complete").Or.EqualTo("provisional"));
    }

    [Test]
    public async Task KilledInTheMiddle_TheDeletionGoesOn()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.TickAsync(Token);
        var others = await DerivedAsync(app, "acme-2");
        app.Log.Expect("The integration acme is not imported."); // by an app that starts with it in its configuration
        app.Get<RemoveData>().Portion = 5;
        app.KillAt = KillStep.After("timelines | the rest", request => request.Deletes("AgentStates")).Once();

        await api.DeleteAsync("integrations/acme?data=delete", Any);
        await app.Killed.WaitAsync(Token);
        Assert.That(await LeftAsync(app, "acme"), Is.Not.Empty);
        app.Clock.Advance(Duration.FromMinutes(10));
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);
        await AfterAsync(app, Duration.FromMinutes(16));

        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        Assert.That(await IntegrationRowsAsync(app), Is.EqualTo(new[] { "acme-2", "name:ACME-2" }));
        Assert.That(await DerivedAsync(app, "acme-2"), Is.EqualTo(others));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task WhatWasBeingDownloaded_LandsAfterwards_AndGoesToo_AndASharedSecretStays()
    {
        var (app, api) = await ServeAsync(Setup with { Calls = null, Settings = new Dictionary<string, string?> { ["Integrations:acme-2:SecretName"] = "five9-acme" } });
        var (reached, gate) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var token = Token;
        app.Traffic.Before = request =>
        {
            if (!request.Query.Contains("comp=blocklist", StringComparison.Ordinal) || !request.Path.Contains("/acme/agent-states/", StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return gate.Task.WaitAsync(token);
        };
        await app.OpenAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await reached.Task.WaitAsync(Token);

        await api.DeleteAsync("integrations/acme?data=delete", Any);
        await app.WhenAsync(() => Task.FromResult(app.Traffic.EntityWrites("Integrations").Count(write => write == "PUT removed:acme") >= 5), Token); // the removal, and two passes
        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        gate.SetResult();
        await app.Host.WhenIdleAsync(Token);
        Assert.That(await LeftAsync(app, "acme"), Is.EqualTo(new[] { "blob acme/agent-states/2026-08-21.gz" }));
        await AfterAsync(app, Duration.FromMinutes(15));

        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        Assert.That(await IntegrationRowsAsync(app), Is.EqualTo(new[] { "acme-2", "name:ACME-2" }));
        Assert.That(app.Vault.Secrets.Get("five9-acme", null), Is.Not.Null);
    }

    [Test]
    public async Task AVaultThatRefuses_KeepsNothingElseFromBeingDeleted_AndIsAskedAgain()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["acme"], Settings = new Dictionary<string, string?>() });
        app.Log.Expect("The secret five9-acme of the key vault");
        await app.TickAsync(Token);
        app.Vault.Answer = VaultAnswer.Forbidden;

        await api.DeleteAsync("integrations/acme?data=delete", Any);
        await app.Host.WhenIdleAsync(Token);
        await AfterAsync(app, Duration.FromMinutes(16));

        Assert.That(await LeftAsync(app, "acme"), Is.Empty);
        Assert.That((await app.Get<RemovedIntegrations>().FindAsync("acme", Token))!.Value.Value.Problem, Does.EndWith(
            "could not be deleted. The vault refuses it (HTTP 403): let the app's identity delete secrets, or delete it yourself."));
        app.Vault.Answer = VaultAnswer.Truth;
        await AfterAsync(app, Duration.FromMinutes(15));

        Assert.That(await IntegrationRowsAsync(app), Is.Empty);
        Assert.That(app.Vault.Secrets.GetDeleted("five9-acme"), Is.Not.Null);
    }

    private static Integration Again(TestApp app) => new IntegrationSettings { Region = app.Five9.BaseAddress.AbsoluteUri, UserName = TestSetup.UserName, Agents = 200, HistoryDays = 0 }.ToIntegration("acme", app.Clock.Now);

    private static async Task AfterAsync(TestApp app, Duration duration)
    {
        app.Clock.Advance(duration);
        await app.TickAsync(Token);
    }

    // Read by nobody yet, as after a kill between landing and normalization.
    private static Task<LandingResult> LandAsync(TestApp app, LocalDate date)
    {
        var day = date.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["America/Los_Angeles"]).ToInstant();
        return app.Get<RawDayStore>().LandAsync(new RawDayId("acme", "calls", date), new Landing(new Interval(day, day + Duration.FromHours(1)), app.Clock.Now, new ReportContent(0, 0, 0, [], []), 20, Force: false), Token);
    }

    private static async Task<IReadOnlyList<string>> IntegrationRowsAsync(TestApp app) =>
        await new TableClient(app.ConnectionString, "Integrations").QueryAsync<TableEntity>(cancellationToken: Token).Select(row => row.RowKey).ToListAsync(Token);

    private static async Task<IReadOnlyList<string>> DerivedAsync(TestApp app, string integration)
    {
        var rows = new List<string>();
        foreach (var table in Derived)
        {
            rows.AddRange((await app.RowsAsync(table, Token)).Where(row => IsOf(integration, row)));
        }

        return rows;
    }

    /// <summary>Every row of every table, and every blob.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(TestApp app, string integration)
    {
        var left = new List<string>();
        foreach (var table in StorageLayout.Tables)
        {
            left.AddRange((await app.RowsAsync(table, Token)).Where(row => IsOf(integration, row)).Select(row => $"{table} {row}"));
        }

        await foreach (var blob in new BlobContainerClient(app.ConnectionString, "reports").GetBlobsAsync(new GetBlobsOptions { Prefix = $"{integration}/" }, Token))
        {
            left.Add($"blob {blob.Name}");
        }

        return left;
    }

    private static bool IsOf(string integration, string row) => row.StartsWith($"{integration} /", StringComparison.Ordinal) || row.StartsWith($"{integration}|", StringComparison.Ordinal);
}
