using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Users;

public sealed class Five9UserTests
{
    private static readonly Five9User User = new() { Key = "k", Host = "api.five9.test", UserName = "u" };

    [Test]
    public void WithTry_CountsTheLoginsWithOneVersion()
    {
        Assert.That(User.WithTry("S", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Trying, 1)), "Key Vault's names are the same in any case");
        Assert.That(User.WithTry("s", "v1").WithTry("s", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Trying, 2)));
        Assert.That(User.WithTry("s", "v1").WithTry("s", "v1").WithTry("s", "v2").MarkOf("s"), Is.EqualTo(new VersionMark("v2", VersionState.Trying, 1)));
        Assert.That(User.WithAccepted("s", "v1").WithTry("s", "v2").MarkOf("s"), Is.EqualTo(new VersionMark("v2", VersionState.Trying, 1)));
    }

    [Test]
    public void WithoutTry_TakesOneLoginBack_AndNeverTheMark()
    {
        Assert.That(User.WithTry("s", "v1").WithTry("s", "v1").WithoutTry("s", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Trying, 1)));
        Assert.That(User.WithTry("s", "v1").WithoutTry("s", "v1").WithoutTry("s", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Trying, 0)));
        Assert.That(User.WithTry("s", "v1").WithoutTry("s", "v2").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Trying, 1)));
    }

    [TestCase(1, "2026-11-02T20:15:00Z")]
    [TestCase(2, "2026-11-02T20:30:00Z")]
    public void WithUnansweredTry_PutsTheNextOneOff_ForLongerEachTime(int tries, string again)
    {
        var user = Enumerable.Range(0, tries).Aggregate(User, (u, _) => u.WithTry("s", "v1"));

        Assert.That(
            user.WithUnansweredTry("s", "v1", At("2026-11-02T20:00:00Z"), NodaTime.Duration.FromMinutes(15)).MarkOf("s"),
            Is.EqualTo(new VersionMark("v1", VersionState.Trying, tries, At(again))));
    }

    [Test]
    public void WithRejected_MarksTheVersionAndWhy_InForceOrNew()
    {
        Assert.That(User.WithAccepted("s", "v1").WithRejected("s", "v1", "locked").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Rejected, Reason: "locked")));
        Assert.That(User.WithTry("s", "v1").WithRejected("s", "v1", "locked").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Rejected, Reason: "locked")));
        Assert.That(User.WithRejected("s", "v1", "locked").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.Rejected, Reason: "locked")), "also where a person cleared the mark meanwhile");
    }

    [Test]
    public void WithRejected_OfTwoSecretsOfOneUser_ForgetsNeither()
    {
        var user = User.WithRejected("s", "v1", "locked").WithRejected("other", "w1", "wrong");

        Assert.That(user.Versions, Is.EquivalentTo(new Dictionary<string, VersionMark>
        {
            ["s"] = new("v1", VersionState.Rejected, Reason: "locked"),
            ["other"] = new("w1", VersionState.Rejected, Reason: "wrong"),
        }));
    }

    [Test]
    public void AVerdictThatComesLate_ChangesNothing_WhereSomebodyHasGoneOn()
    {
        var replaced = User.WithTry("s", "v2");

        Assert.That((replaced.WithAccepted("s", "v1"), replaced.WithRejected("s", "v1", "locked")), Is.EqualTo((replaced, replaced)));
        var rejected = User.WithRejected("s", "v1", "locked");
        Assert.That(rejected.WithAccepted("s", "v1"), Is.SameAs(rejected), "a rejection is only taken back by a person");
    }

    [Test]
    public void WithAccepted_TakesTheVersionIntoForce()
    {
        Assert.That(User.WithTry("s", "v1").WithAccepted("s", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.InForce)));
        Assert.That(User.WithAccepted("s", "v1").MarkOf("s"), Is.EqualTo(new VersionMark("v1", VersionState.InForce)));
    }

    [Test]
    public void WithOpenRun_ListsARunOnce()
    {
        var user = User.WithOpenRun(new OpenRun("acme", "1")).WithOpenRun(new OpenRun("acme", "2"));

        Assert.That(user.OpenRuns, Is.EqualTo(new[] { new OpenRun("acme", "1"), new OpenRun("acme", "2") }));
        Assert.That(user.WithOpenRun(new OpenRun("acme", "1")), Is.SameAs(user));
    }

    [Test]
    public void BlockedUntil_IsByOperation_AndEnds()
    {
        var user = User.WithQuotaUntil("ReportRequest", At("2026-11-02T21:00:00Z")).WithQuotaUntil("Query", At("2026-11-02T20:01:00Z"));

        Assert.That(user.BlockedUntil("ReportRequest", At("2026-11-02T20:59:59Z")), Is.EqualTo(At("2026-11-02T21:00:00Z")));
        Assert.That(user.BlockedUntil("ReportRequest", At("2026-11-02T21:00:00Z")), Is.Null);
        Assert.That(user.BlockedUntil("Query", At("2026-11-02T20:00:00Z")), Is.EqualTo(At("2026-11-02T20:01:00Z")));
        Assert.That(user.BlockedUntil("RetrieveReport", At("2026-11-02T20:00:00Z")), Is.Null);
    }

    [Test]
    public void LeasedAt_EndsWithTheLease()
    {
        var user = User with { LeaseOwner = "o", LeaseUntil = At("2026-11-02T20:01:00Z") };

        Assert.That(user.LeasedAt(At("2026-11-02T20:00:59Z")), Is.True);
        Assert.That(user.LeasedAt(At("2026-11-02T20:01:00Z")), Is.False);
        Assert.That(User.LeasedAt(At("2026-11-02T20:00:00Z")), Is.False);
    }
}
