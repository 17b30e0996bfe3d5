using System.Text.Json.Nodes;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Two edits with passwords, close together: the vault ends with the later one's.</summary>
[CancelAfter(60_000)]
public sealed class LaterPasswordTests : ApiTest
{
    private const string First = "first-Passw0rd";
    private const string Later = "later-Passw0rd";

    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T20:00:00Z", Integrations = [], Password = Connected.Password };

    [Test]
    public async Task TwoSuccessfulEdits_TheFirstOfWhichIsSlow_EndWithThePasswordOfTheLater()
    {
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var (written, waits, goOn) = (Signal(), Signal(), Signal());
        var turns = 0;
        var isFirst = true;
        app.Network.Faults = request =>
        {
            if (request is { Method: "POST", Entities: [{ Table: "Five9Users", RowKey: "five9-acme" }, ..] } && ++turns == 2)
            {
                waits.TrySetResult();
            }

            if (!isFirst || request is not { CanWrite: true, Entities: [{ Table: "Integrations" }, ..] })
            {
                return null;
            }

            // The row of the first edit is written; it does not get to know that for a while.
            isFirst = false;
            return async (_, send) =>
            {
                var answer = await send();
                written.TrySetResult();
                await goOn.Task;
                return answer;
            };
        };

        var first = api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme 1", ("password", First)), ("If-Match", created.ETag!));
        await written.Task.WaitAsync(Token);
        var read = await api.GetAsync("integrations/acme");
        Assert.That(read["name"], Is.EqualTo("Acme 1"));
        var later = api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme 2", ("password", Later)), ("If-Match", read.ETag!));
        await Task.WhenAny(later, waits.Task).WaitAsync(Token);
        goOn.TrySetResult();

        Assert.That(((await first).Status, (await later).Status), Is.EqualTo((200, 200)));
        Assert.That(await app.SecretAsync("five9-acme"), Does.Contain(Later));
        Assert.That((await api.GetAsync("integrations/acme"))["name"], Is.EqualTo("Acme 2"));
        Assert.That(await app.RowsAsync("Five9Users", Token), Has.None.StartsWith("secrets / "), "no turn is left");
    }

    [Test]
    public async Task AnEditThatDiedWithTheTurn_KeepsTheNextOneWaiting_UntilItsTurnEnds()
    {
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var now = app.Clock.Now.ToDateTimeOffset();
        await new Azure.Data.Tables.TableClient(app.ConnectionString, "Five9Users").AddEntityAsync(
            new Azure.Data.Tables.TableEntity("secrets", "five9-acme") { ["Owner"] = "dead", ["Until"] = now - TimeSpan.FromSeconds(1) }, Token);

        var changed = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme", ("password", (JsonNode)Later)), ("If-Match", created.ETag!));

        Assert.That(changed.Status, Is.EqualTo(200), changed.Text);
        Assert.That(await app.SecretAsync("five9-acme"), Does.Contain(Later));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
