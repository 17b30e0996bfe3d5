using System.Text;
using Azure.Data.Tables;
using Five9Functions.Tests.Api.Queries;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api.Adherence;

/// <summary>Schedules over HTTP. The planning zone is Vienna, an hour ahead of UTC in November.</summary>
[CancelAfter(120_000)]
public sealed class SchedulesTests : ApiTest
{
    private const string Path = "integrations/acme/schedules";
    private const string Monday = $"{Path}?from=2026-11-02&to=2026-11-03";
    private const string Around = $"{Path}?from=2026-11-01&to=2026-11-05";
    private const string Header = "agent,activity,type,start,end";

    private static TestSetup Setup => new()
    {
        Rows = new StateRows(),
        Now = "2026-11-02T12:00:00Z",
        Integrations = ["acme", "acme-2"],
        Settings = new Dictionary<string, string?> { ["Integrations:acme:PlanningZone"] = "Europe/Vienna" },
    };

    [Test]
    public async Task AWindow_HoldsWhatWasSentLast_AndWhatStartsOutsideOfIt()
    {
        var (app, api) = await ServeAsync(Setup);
        await PutCsvAsync(api, $"{Path}?from=2026-11-01&to=2026-11-04", "ann,Night,work,2026-11-01T22:00,2026-11-02T02:00", "ann,Phone,work,2026-11-02T08:00,2026-11-02T12:00", "bob,Flu,illness,2026-11-03T00:00,2026-11-03T20:00");

        var put = await api.PutAsync(Monday, Items(
            Item("ann", "Phone", "work", "2026-11-02T02:00", "2026-11-02T12:00"), Item("ann", "Lunch / \"Pause\"", "break", "2026-11-02T12:00:00+01:00", "2026-11-02T11:30Z"), Item("zoë", "Phone", "work", "2026-11-02T23:00", "2026-11-03T07:00")));

        Assert.That(put.Status, Is.EqualTo(200), put.Text);
        Assert.That(
            put.Text, Is.EqualTo("""{"from":"2026-11-01T23:00:00Z","to":"2026-11-02T23:00:00Z","activities":3,"added":3,"changed":0,"deleted":1,"warnings":[]}"""), "midnight in Vienna");
        string[] all =
        [
            Header,
            "ann,Night,work,2026-11-01T21:00:00Z,2026-11-02T01:00:00Z",
            "ann,Phone,work,2026-11-02T01:00:00Z,2026-11-02T11:00:00Z",
            "ann,\"Lunch / \"\"Pause\"\"\",break,2026-11-02T11:00:00Z,2026-11-02T11:30:00Z",
            "bob,Flu,illness,2026-11-02T23:00:00Z,2026-11-03T19:00:00Z",
            "zoë,Phone,work,2026-11-02T22:00:00Z,2026-11-03T06:00:00Z",
        ];
        Assert.That(await ResultText.CsvAsync(api, Around), Is.EqualTo(all));
        Assert.That((await api.GetAsync(Monday)).Items("agent", "start"), Is.EqualTo(new[] { "ann 2026-11-02T01:00:00Z", "ann 2026-11-02T11:00:00Z", "zoë 2026-11-02T22:00:00Z" }), "what starts in it");
        Assert.That((await api.GetAsync($"{Around}&agent=bob")).Items("activity"), Is.EqualTo(new[] { "Flu" }));
        Assert.That((await ResultText.AllAsync(api, Around, Header, limit: 2)).Where(line => !line.Contains("Lunch", StringComparison.Ordinal)), Is.EqualTo(all.Where(line => !line.Contains("Lunch", StringComparison.Ordinal))));
        Assert.That((await api.GetAsync("integrations/acme-2/schedules?from=2026-11-01&to=2026-11-05")).Text, Is.EqualTo("""{"items":[]}"""));

        // What was answered can be sent as it is, and what is sent again writes nothing.
        app.Traffic.Clear();
        var again = await PutCsvAsync(api, Around, [.. all[1..].Reverse()]);
        Assert.That((again["activities"], again["added"], again["changed"], again["deleted"]), Is.EqualTo(("5", "0", "0", "0")));
        Assert.That(app.Traffic.EntityWrites("Schedules"), Is.Empty);

        var spring = await api.PutAsync($"{Path}?from=2026-03-29&to=2026-03-30", Items(Item("ann", "Phone", "work", "2026-03-29T02:30", "2026-03-29T08:00")));
        Assert.That(spring["warnings.0.detail"], Is.EqualTo("2026-03-29T02:30 does not exist in Europe/Vienna, where the clocks go forward: it was taken as 2026-03-29T01:30:00Z."));
        Assert.That((await api.GetAsync($"{Path}?from=2026-03-29&to=2026-03-30")).Items("start"), Is.EqualTo(new[] { "2026-03-29T01:30:00Z" }));

        Assert.That((await api.PutAsync(Around, Items()))["deleted"], Is.EqualTo("5"));
        Assert.That((await api.GetAsync(Around)).Text, Is.EqualTo("""{"items":[]}"""));
    }

    [Test]
    public async Task WhatCannotBe_IsRefused_AndChangesNothing()
    {
        var (app, api) = await ServeAsync(Setup);
        await PutCsvAsync(api, Monday, "ann,Phone,work,2026-11-02T08:00,2026-11-02T12:00", "ann,Late,work,2026-11-02T20:00,2026-11-03T02:00");
        app.Traffic.Clear();

        Assert.That(
            (await api.PutAsync(Monday, Items(Item("ann", "Phone", "work", "2026-11-02T08:00", "2026-11-02T12:00"), Item("ann", "Break", "break", "2026-11-02T11:59:59", "2026-11-02T12:30")))).Problem,
            Is.EqualTo("409 schedules-overlap: ann: Break 2026-11-02T10:59:59Z to 2026-11-02T11:30:00Z overlaps Phone 2026-11-02T07:00:00Z to 2026-11-02T11:00:00Z."));
        Assert.That(
            (await api.PutAsync($"{Path}?from=2026-11-03&to=2026-11-04", Items(Item("ann", "Early", "work", "2026-11-03T01:00", "2026-11-03T05:00")))).Problem,
            Is.EqualTo("409 schedules-overlap: ann: Early 2026-11-03T00:00:00Z to 2026-11-03T04:00:00Z overlaps Late 2026-11-02T19:00:00Z to 2026-11-03T01:00:00Z, which is stored and starts outside of the window."));
        Assert.That(
            (await api.PutAsync($"{Path}?from=2026-11-01&to=2026-11-02", Items(Item("ann", "Night", "work", "2026-11-01T20:00", "2026-11-02T09:00")))).Problem,
            Is.EqualTo("409 schedules-overlap: ann: Night 2026-11-01T19:00:00Z to 2026-11-02T08:00:00Z overlaps Phone 2026-11-02T07:00:00Z to 2026-11-02T11:00:00Z, which is stored and starts outside of the window."));
        var several = await api.PutAsync(Monday, Items(Item("", "Phone", "play", "2026-11-02T08:00", "2026-11-02T07:00"), Item("ann", "Phone", "work", "8:00", "2026-11-02T09:00")));
        Assert.That((several.Problem, several["errors.0.field"], several["errors.2.field"]), Is.EqualTo(("400 invalid: 3 values cannot be as they are; errors names each.", "items.0.agent", "items.1.start")));
        Assert.That((await api.PutAsync(Monday, """{"rows":[]}""")).Problem, Does.StartWith("400 body-unreadable: "));
        Assert.That((await api.PutAsync(Monday, "{}")).Problem, Does.StartWith("400 body-unreadable: "));
        Assert.That((await api.PutAsync(Monday, """{"items":[null]}""")).Problem, Is.EqualTo("400 body-unreadable: items.0 is null: send an object."));
        Assert.That((await api.PutAsync($"{Path}?from=2026-11-02", Items())).Problem, Does.StartWith("400 invalid: to is missing"));
        Assert.That((await api.PutAsync($"{Path}?from=2026-11-02T00:00:00.5Z&to=2026-11-03", Items())).Problem, Is.EqualTo("400 invalid: from and to must be on whole seconds."));
        Assert.That((await api.PutAsync($"{Path}?from=2026-11-01&to=2026-12-03", Items())).Problem, Does.StartWith("400 invalid: The window is longer than 31 days"));
        Assert.That((await api.PutAsync("integrations/nobody/schedules?from=2026-11-01&to=2026-11-02", Items())).Problem, Does.StartWith("404 integration-unknown"));
        Assert.That((await api.GetAsync(Monday, ("Accept", "image/png"))).Status, Is.EqualTo(406));

        Assert.That(await StatusAsync(api, "text/csv", "agent,activity,type,start\r\nann,Phone,work,2026-11-02T08:00\r\n"), Is.EqualTo("BadRequest: The first line of the CSV must name the columns agent, activity, type, start, end, in any order, and no other."));
        Assert.That(await StatusAsync(api, "text/csv", $"{Header}\r\nann,Phone,work\r\n"), Is.EqualTo("BadRequest: Line 2 of the CSV is not well-formed, or has not as many fields as the header."));
        Assert.That(await StatusAsync(api, "text/plain", "ann"), Is.EqualTo("UnsupportedMediaType: Send the body as application/json or text/csv, with the header Content-Type."));
        Assert.That(await StatusAsync(api, "text/csv", new string('x', (8 * 1024 * 1024) + 1)), Is.EqualTo("RequestEntityTooLarge: The body is longer than 8192 KiB."));
        Assert.That(
            await StatusAsync(api, "text/csv", Header + string.Concat(Enumerable.Repeat("\r\na,b,work,c,d", 50_001))),
            Is.EqualTo("BadRequest: There are 50001 activities, and 50000 at most can be sent at once: send a shorter window at a time."));

        Assert.That(app.Traffic.EntityWrites("Schedules"), Is.Empty);
        Assert.That((await api.GetAsync(Around)).Items("activity"), Is.EqualTo(new[] { "Phone", "Late" }));
    }

    [Test]
    public async Task OfTwoAtOnce_OneIsRefused_AndOneThatWasBelievedDead_ChangesNothingMore()
    {
        var (app, api) = await ServeAsync(Setup);
        await PutCsvAsync(api, Monday, "ann,Old,work,2026-11-02T08:00,2026-11-02T12:00");
        var (arrived, open) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var holds = true;
        app.Traffic.Before = async request =>
        {
            if (holds && request.Entities.Any(entity => entity is { Table: "Schedules", RowKey: "manifest" }))
            {
                arrived.Release();
                await open.Task;
            }
        };

        var slow = PutCsvAsync(api, Monday, "ann,Slow,work,2026-11-02T08:00,2026-11-02T12:00", "bob,Slow,work,2026-11-02T23:30,2026-11-03T01:00");
        await arrived.WaitAsync(Token);
        holds = false;
        const string Quick = "ann,Quick,work,2026-11-02T09:00,2026-11-02T10:00";
        Assert.That((await PutCsvAsync(api, Monday, Quick)).Problem, Is.EqualTo("503 schedules-busy: Another replacement of schedules of acme is under way, or one was cut off less than five minutes ago: send it again in a minute."));

        app.Clock.Advance(Duration.FromMinutes(5));
        Assert.That((await PutCsvAsync(api, Monday, Quick)).Status, Is.EqualTo(200));
        open.SetResult();

        Assert.That((await slow).Problem, Does.StartWith("503 schedules-busy"));
        Assert.That((await api.GetAsync(Around)).Items("agent", "activity"), Is.EqualTo(new[] { "ann Quick" }));
        Assert.That((await PutCsvAsync(api, Monday, "ann,Slow,work,2026-11-02T08:00,2026-11-02T12:00")).Status, Is.EqualTo(200), "the turn was given back");
    }

    [Test]
    public async Task OneThatIsCutOffHalfway_IsRepairedByTheSameAgain_AndByNoOtherForFiveMinutes()
    {
        var (app, api) = await ServeAsync(Setup);
        string[] rows = ["ann,Phone,work,2026-11-02T08:00,2026-11-02T12:00", "ann,Phone,work,2026-11-03T08:00,2026-11-03T12:00"];
        const string TwoDays = $"{Path}?from=2026-11-02&to=2026-11-04";
        app.Network.Faults = request => request.Entities.Any(entity => entity.RowKey == "ann|2026-11-03T07:00:00Z")
            ? Storage.Faults.NetworkFaults.Refusal(System.Net.HttpStatusCode.InternalServerError, "InternalError")
            : null;

        Assert.That((await PutCsvAsync(api, TwoDays, rows)).Problem, Does.StartWith("503 changing"));
        app.Network.Faults = _ => null;
        Assert.That((await api.GetAsync(TwoDays)).Items("start"), Is.EqualTo(new[] { "2026-11-02T07:00:00Z" }), "half of it");
        Assert.That((await PutCsvAsync(api, TwoDays)).Problem, Does.StartWith("503 schedules-busy"));

        Assert.That((await PutCsvAsync(api, TwoDays, rows))["added"], Is.EqualTo("1"));
        Assert.That((await api.GetAsync(TwoDays)).Items("start"), Is.EqualTo(new[] { "2026-11-02T07:00:00Z", "2026-11-03T07:00:00Z" }));
        Assert.That((await PutCsvAsync(api, TwoDays))["deleted"], Is.EqualTo("2"));
    }

    [Test]
    public async Task TheStoredRow_HasTheseColumns_AndGoesWithItsDay()
    {
        var setup = Setup;
        var (app, api) = await ServeAsync(setup with { Settings = new Dictionary<string, string?>(setup.Settings) { ["Integrations:acme:RetentionDays"] = "31", ["Integrations:acme:HistoryDays"] = "0", ["Integrations:acme:Paused"] = "true", ["Integrations:acme-2:Paused"] = "true" } });
        await PutCsvAsync(api, Around, "ann,Phone,work,2026-11-02T08:00,2026-11-02T12:00", "ann,Phone,work,2026-11-03T08:00,2026-11-03T12:00");

        var row = (await new TableClient(app.ConnectionString, "Schedules").GetEntityAsync<TableEntity>("acme|2026-11-02|00", "ann|2026-11-02T07:00:00Z", cancellationToken: Token)).Value;
        Assert.That(row.Where(column => column.Key is not ("odata.etag" or "Timestamp")), Is.EquivalentTo(new Dictionary<string, object>
        {
            ["PartitionKey"] = "acme|2026-11-02|00",
            ["RowKey"] = "ann|2026-11-02T07:00:00Z",
            ["Agent"] = "ann",
            ["Activity"] = "Phone",
            ["Type"] = "work",
            ["Start"] = new DateTimeOffset(2026, 11, 2, 7, 0, 0, TimeSpan.Zero),
            ["End"] = new DateTimeOffset(2026, 11, 2, 11, 0, 0, TimeSpan.Zero),
        }));

        app.Clock.Set("2026-12-05T07:59:59Z"); // 4 December in Los Angeles: 3 November is kept, and what is a day of UTC before it
        await app.TickAsync(Token);
        Assert.That((await api.GetAsync(Around)).Items("start"), Is.EqualTo(new[] { "2026-11-02T07:00:00Z", "2026-11-03T07:00:00Z" }));
        app.Clock.Set("2026-12-05T08:00:00Z");
        await app.TickAsync(Token);
        Assert.That((await api.GetAsync(Around)).Items("start"), Is.EqualTo(new[] { "2026-11-03T07:00:00Z" }));
    }

    private static async Task<ApiReply> PutCsvAsync(ApiClient api, string path, params string[] rows)
    {
        using var response = await SendAsync(api, path, "text/csv", string.Join("\r\n", [Header, .. rows]) + "\r\n");
        return new((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType!, await response.Content.ReadAsStringAsync(Token), null, null);
    }

    private static async Task<string> StatusAsync(ApiClient api, string type, string body)
    {
        using var response = await SendAsync(api, Monday, type, body);
        return $"{response.StatusCode}: {System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["detail"]}";
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiClient api, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("x-functions-key", TestApp.HttpKey);
        return await api.Http.SendAsync(request, Token);
    }

    private static string Items(params string[] items) => $$"""{"items":[{{string.Join(',', items)}}]}""";

    private static string Item(string agent, string activity, string type, string start, string end) =>
        System.Text.Json.JsonSerializer.Serialize(new { agent, activity, type, start, end });
}
