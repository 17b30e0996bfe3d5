using Five9Functions.Credentials;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Normalization;
using Five9Functions.Users;

namespace Five9Functions.Tests.Imports;

public sealed class QueueListingTests : CallDaysFixture
{
    [Test]
    public async Task OnceADay_TheQueuesThatFive9Lists()
    {
        await Bench.ProveAsync(ByCampaign);
        Bench.Five9.Answers("getCampaigns", "<return><name>Sales In</name></return><return><name>Sales Out</name></return>");
        await RefreshAsync(ByCampaign);
        Bench.Time.Advance(TimeSpan.FromHours(23));
        await RefreshAsync(ByCampaign);
        Assert.That(await QueuesAsync(), Is.EqualTo(new[] { "Sales In campaign True active", "Sales Out campaign True active" }));

        Bench.Time.Advance(TimeSpan.FromHours(1));
        Bench.Five9.Answers("getCampaigns", "<return><name>Sales In</name></return><return><name>a/b</name></return>");
        await RefreshAsync(ByCampaign);

        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "getCampaigns", "getCampaigns" }));
        Assert.That(await QueuesAsync(), Is.EqualTo(new[] { "Sales In campaign True active", "Sales Out campaign False gone", "a/b campaign True active" }));
        var gone = (await RowsAsync("Queues")).Single(row => row.RowKey == "Sales Out");
        Assert.That(gone.Keys.Except(["odata.etag", "Timestamp"]), Is.EquivalentTo(new[] { "PartitionKey", "RowKey", "Queue", "Kind", "Listed", "State", "GoneSince" }));
        Assert.That(gone["GoneSince"], Is.EqualTo(new DateTimeOffset(2026, 11, 3, 20, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task BySkill_SkillsAreAskedFor_AndTheOldQueuesAreGone()
    {
        await Bench.ProveAsync(ByCampaign);
        Bench.Five9.Answers("getCampaigns", "<return><name>Sales In</name></return>");
        await RefreshAsync(ByCampaign);
        await Bench.SeedAsync(BySkill);
        Bench.Five9.Answers("getSkills", "<return><id>1</id><name>S-New</name></return>");

        await RefreshAsync(BySkill);

        Assert.That(await QueuesAsync(), Is.EqualTo(new[] { "S-New skill True active" }));
    }

    [Test]
    public async Task WhatCallsName_AndWhatFive9Lists_IsOneCatalogue()
    {
        await Bench.ProveAsync(ByCampaign);
        await LandAsync(Csv(
            "1,\"Fri, 21 Aug 2026 10:00:00\",Sales In,Inbound,ann,,,00:00:08,,00:01:00,,,,0",
            "2,\"Fri, 21 Aug 2026 11:00:00\",Old,Inbound,ann,,,00:00:08,,00:01:00,,,,0"));
        await ProjectAsync(ByCampaign);
        Bench.Five9.Answers("getCampaigns", "<return><name>Sales In</name></return><return><name>New</name></return>");

        await RefreshAsync(ByCampaign);

        Assert.That(await QueuesAsync(), Is.EqualTo(new[] { "New campaign True active", "Old campaign False gone", "Sales In campaign True active" }));
        var seen = (await RowsAsync("Queues")).Single(row => row.RowKey == "Sales In");
        Assert.That(seen.Keys.Except(["odata.etag", "Timestamp"]), Is.EquivalentTo(new[] { "PartitionKey", "RowKey", "Queue", "Kind", "FirstSeen", "LastSeen", "Listed", "State" }));
        Assert.That(seen["FirstSeen"], Is.EqualTo(new DateTimeOffset(2026, 8, 21, 17, 0, 0, TimeSpan.Zero)));

        var writes = Bench.Tables.Writes;
        await ProjectAsync(ByCampaign);
        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [TestCase("AccessDisallowed")]
    [TestCase("ServiceUnavailable")]
    [TestCase("OperationsLimitExceeded")]
    public async Task WhenFive9DoesNotTell_TheSliceGoesOn_AndItIsAskedAgain(string fault)
    {
        await Bench.ProveAsync(ByCampaign);
        Bench.Five9.Faults("getCampaigns", fault);
        await RefreshAsync(ByCampaign);
        Assert.That(Bench.Log.TakeWarnings().Single(), Does.Contain("Five9 could not be asked for the queues of acme, so the catalogue has those of the calls alone"));

        Bench.Five9.Answers("getCampaigns", "<return><name>Sales In</name></return>");
        await RefreshAsync(ByCampaign);

        Assert.That(await QueuesAsync(), Is.EqualTo(new[] { "Sales In campaign True active" }));
    }

    [Test]
    public async Task ARejectedPassword_IsTheGuardsBusiness()
    {
        await Bench.ProveAsync(ByCampaign);
        Bench.Five9.Faults("getCampaigns", "InvalidAccount");

        var next = await NextAsync(CallSlice, ByCampaign);

        Assert.That((next.State, next.Error?.Problem), Is.EqualTo((SliceState.Fetching, (ImportProblem?)ImportProblem.CredentialRejected)));
        Assert.That((await Bench.UserAsync()).MarkOf(ByCampaign.SecretName)!.State, Is.EqualTo(VersionState.Rejected));
        Bench.Log.TakeWarnings();
    }

    [Test]
    public async Task APasswordThatNobodyHasSeenAccepted_IsNotTriedForIt()
    {
        await RefreshAsync(ByCampaign);

        Assert.That(Bench.Five9.Calls, Is.Empty);
    }

    private static ImportSlice CallSlice => ImportData.Slice("08:00-12:00", SliceState.Fetching) with { Report = ReportNames.Calls, ReportId = "ID", RequestedAt = ImportData.At("2026-11-02T20:00:00Z") };

    private async Task RefreshAsync(Integration integration)
    {
        var users = Get<Five9UserTable>();
        await using var lease = await users.TryLeaseAsync(await users.EnsureAsync(integration, CancellationToken.None), CancellationToken.None);
        await Get<QueueListing>().RefreshAsync(integration, lease!, (await Get<Logins>().NewestAsync(integration, CancellationToken.None)).Login, CancellationToken.None);
    }

    private async Task<string[]> QueuesAsync() => [.. (await RowsAsync("Queues")).Select(row => $"{row["Queue"]} {row["Kind"]} {row["Listed"]} {row["State"]}")];
}
