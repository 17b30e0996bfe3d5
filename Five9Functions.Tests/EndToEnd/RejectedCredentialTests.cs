using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Five9Functions.Imports;

namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class RejectedCredentialTests : EndToEndTest
{
    private const string Wrong = "Gr3enW4llet!Wrong";
    private const string Right = "Gr3enW4llet!Right";

    private static StateRows Rows => new(
        new("anna", "Ready", "2026-11-01T21:00:00Z", "2026-11-01T21:10:00Z"),
        new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"),
        new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z"));

    [Test]
    public async Task AWrongPassword_IsTriedOnce_AndTheRunCompletesByItselfOnceItIsRight()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = Rows,
            Password = Right,
            Secret = Wrong,
        });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");

        var run = await app.OpenAsync("2026-11-01T07:00:00Z", "2026-11-04T08:00:00Z", Token);
        await app.WhenAsync(
            async () => (await app.SlicesAsync(run, Token)).Count(s => s.State == SliceState.Requesting && s.Step >= 3 && s.Error?.Problem == SliceProblem.CredentialRejected) == 2,
            Token);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Running));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        await app.RestartAsync(new Dictionary<string, string?>(), Token);
        var fold = await app.FinishedAsync(run, Token);

        Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 3)));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That(app.Log.Count("Five9 rejected the credential"), Is.EqualTo(1));
        await AssertNoPasswordAsync(app);
    }

    /// <summary>Not in any table, message, blob or line of the log, neither as it is nor as it travels.</summary>
    private static async Task AssertNoPasswordAsync(TestApp app)
    {
        var everything = new List<string>(app.Log.Lines);
        everything.AddRange(app.Traffic.Messages.Select(m => m.Json));
        everything.AddRange(app.Traffic.Writes.Select(w => Encoding.UTF8.GetString(w.Body)));
        await foreach (var table in new TableServiceClient(app.ConnectionString).QueryAsync(cancellationToken: Token))
        {
            everything.AddRange(await app.RowsAsync(table.Name, Token));
        }

        var reports = new BlobContainerClient(app.ConnectionString, "reports");
        await foreach (var blob in reports.GetBlobsAsync(cancellationToken: Token))
        {
            await using var content = new GZipStream(await reports.GetBlobClient(blob.Name).OpenReadAsync(cancellationToken: Token), CompressionMode.Decompress);
            everything.Add(await new StreamReader(content).ReadToEndAsync(Token));
        }

        Assert.That(everything, Has.Some.Contains("importer@example.com"));
        Assert.That(everything, Has.Some.Contains("start,end,key"));
        foreach (var secret in new[] { "Gr3enW4llet", Base64($"importer@example.com:{Wrong}"), Base64($"importer@example.com:{Right}"), Base64(Wrong), Base64(Right) })
        {
            Assert.That(everything.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
