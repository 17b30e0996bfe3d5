using Five9Functions.Problems;
using Five9Functions.Runs;

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
            async () => (await app.SlicesAsync(run, Token)).Count(s => s.State == SliceState.Requesting && s.Step >= 3 && s.Error?.Problem == ImportProblem.CredentialRejected) == 2,
            Token);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Running));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        await app.RestartAsync(new Dictionary<string, string?>(), Token);
        var fold = await app.FinishedAsync(run, Token);

        Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 3)));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That(app.Log.Count("Five9 rejected the credential"), Is.EqualTo(1));
    }
}
