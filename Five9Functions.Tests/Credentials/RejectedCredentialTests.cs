using System.Net;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Credentials;

/// <summary>Repeated bad logins lock the account: after the first, nobody calls until the password changes.</summary>
public sealed class RejectedCredentialTests : ImportFixture
{
    private const string Reason =
        "Five9 at api.five9.test rejected the login of importer@acme.test (runReport: HTTP 401, text/plain, no SOAP answer): the password is wrong, the account is locked, or the host is not that of the user's region.";

    private static readonly ImportError Waits = new(
        ImportProblem.CredentialRejected,
        $"{Reason} Nothing is called with this password again. Store another password in the secret five9-acme or correct Integrations:acme:Region, and the slice goes on by itself; "
        + "if the account was locked, unlock it in Five9 and clear CredentialVersions of importer@acme.test in the table Five9Users.");

    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    [Test]
    public async Task ARejectedLogin_MarksTheUser_AndTheSliceWaits()
    {
        Bench.Five9.Fails("runReport", HttpStatusCode.Unauthorized);

        var next = await NextAsync(Requesting);

        Assert.That(
            (next.State, next.Step, next.DueAt, next.Error),
            Is.EqualTo((SliceState.Requesting, 2, At("2026-11-02T20:05:00Z"), Waits)));
        var user = await Bench.UserAsync();
        Assert.That(user.MarkOf("five9-acme"), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Rejected, Reason: Reason)));
        Assert.That(
            Bench.Log.TakeWarnings(),
            Is.EqualTo(new[] { $"Error: Five9 rejected the credential of importer@acme.test (acme), version {Bench.FirstVersion} of the secret five9-acme; no call is made with it again. {Reason}" }));
    }

    [Test]
    public async Task ARejectedVersion_IsNeverUsedAgain_ByAnyIntegrationOfTheUser()
    {
        await RejectAsync();

        foreach (var id in new[] { "acme", "acme-2" })
        {
            Bench.Time.Advance(TimeSpan.FromHours(5));
            var next = await NextAsync(Requesting with { Integration = id }, Acme with { Id = id });
            Assert.That((next.State, next.Error), Is.EqualTo((SliceState.Requesting, Waits with { Text = Waits.Text.Replace("Integrations:acme:", $"Integrations:{id}:", StringComparison.Ordinal) })));
        }

        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "runReport" }));
    }

    [Test]
    public async Task AChangedPassword_IsTried_AndTakenIntoForce()
    {
        await RejectAsync();
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        var second = await Bench.SetPasswordAsync("secret 2");
        Bench.Time.Advance(TimeSpan.FromMinutes(10));
        var next = await NextAsync(Requesting);

        Assert.That((next.State, next.ReportId), Is.EqualTo((SliceState.Running, "R1")));
        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme"), Is.EqualTo(new VersionMark(second, VersionState.InForce)));
    }

    [Test]
    public async Task AClearedMark_IsTriedAgain()
    {
        await RejectAsync();
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        await Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { Versions = new Dictionary<string, VersionMark>() }, CancellationToken.None);

        Assert.That((await NextAsync(Requesting)).State, Is.EqualTo(SliceState.Running));
    }

    private async Task RejectAsync()
    {
        Bench.Five9.Fails("runReport", HttpStatusCode.Unauthorized);
        await NextAsync(Requesting);
        Bench.Log.TakeWarnings();
    }
}
