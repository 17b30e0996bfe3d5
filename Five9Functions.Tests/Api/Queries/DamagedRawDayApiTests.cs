using Azure.Storage.Blobs;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>What the routes answer that read raw days, when a day's blob is damaged.</summary>
[CancelAfter(120_000)]
public sealed class DamagedRawDayApiTests : ApiTest
{
    private const string Window = "from=2026-08-21T07:00:00Z&to=2026-08-22T07:00:00Z";

    [Test]
    public async Task ARawRoute_AnswersAProblemThatNamesTheBlob_AndOtherRoutesGoOn([Values("agent-states", "calls")] string report)
    {
        var (app, api) = await ServeAsync(new TestSetup
        {
            Now = "2026-08-22T12:00:00Z",
            Rows = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z"), new StateRow("bob", "Ready", "2026-08-21T16:00:00Z", null) { Length = "a while" }),
            Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
        });
        app.Log.Expect("cannot be read");
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        Assert.That((await api.GetAsync($"integrations/acme/{report}/raw?{Window}")).Status, Is.EqualTo(200));
        var container = new BlobContainerClient(app.ConnectionString, "reports");
        var whole = (await container.GetBlobClient($"acme/{report}/2026-08-21.gz").DownloadContentAsync()).Value;

        RawDayDamage[] kinds = report == "calls" ? [.. Enum.GetValues<RawDayDamage>().Except([RawDayDamage.FlippedInQuarantine])] : Enum.GetValues<RawDayDamage>();
        foreach (var damage in kinds)
        {
            await container.GetBlobClient($"acme/{report}/2026-08-21.gz").UploadAsync(
                whole.Content.ToStream(), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = whole.Details.Metadata }, Token);
            await container.DamageAsync($"acme/{report}/2026-08-21.gz", damage);

            var reply = await api.GetAsync($"integrations/acme/{report}/raw?{Window}");

            Assert.That((reply.Status, reply["code"]), Is.EqualTo((500, "raw-day-unreadable")), $"{damage}: {reply.Text}");
            Assert.That(reply["detail"], Does.StartWith($"The blob reports/acme/{report}/2026-08-21.gz cannot be read: ").And.Contains("Import the day again"), $"{damage}");
        }

        Assert.That((await api.GetAsync($"integrations/acme/{report}?{Window}")).Status, Is.EqualTo(200));
        Assert.That((await api.GetAsync($"integrations/acme/coverage?{Window}")).Status, Is.EqualTo(200));
    }
}
