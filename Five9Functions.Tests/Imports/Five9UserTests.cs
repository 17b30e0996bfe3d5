using Five9Functions.Imports;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class Five9UserTests
{
    private static readonly Five9User User = new() { Key = "k", Host = "api.five9.test", UserName = "u" };

    [Test]
    public void WithRejected_MarksTheVersionAndWhy()
    {
        var user = (User with { AcceptedVersion = "v1" }).WithRejected("v1", "locked");

        Assert.That((user.AcceptedVersion, user.RejectedVersion, user.RejectedReason), Is.EqualTo(("v1", "v1", "locked")));
    }

    [Test]
    public void WithRejected_OfTwoPasswordsOfOneUser_ForgetsNeither()
    {
        var user = User.WithRejected("v1", "locked").WithRejected("v2", "locked").WithRejected("v1", "locked");

        Assert.That((user.RejectedVersion, user.Rejects("v1"), user.Rejects("v2"), user.Rejects("v3")), Is.EqualTo(("v1,v2", true, true, false)));
        Assert.That(user.WithAccepted("v1").RejectedVersion, Is.EqualTo("v2"));
    }

    [Test]
    public void WithAccepted_OfTheRejectedVersion_ClearsTheMark()
    {
        var user = User.WithRejected("v1", "locked").WithAccepted("v1");

        Assert.That((user.AcceptedVersion, user.RejectedVersion), Is.EqualTo(("v1", "")));
    }

    [Test]
    public void WithAccepted_OfAnotherVersion_KeepsTheMark()
    {
        var user = User.WithRejected("v1", "locked").WithAccepted("v2");

        Assert.That((user.AcceptedVersion, user.RejectedVersion), Is.EqualTo(("v2", "v1")));
    }

    [Test]
    public void WithAccepted_OfTheSameVersion_IsTheSameUser()
    {
        var user = User.WithAccepted("v1");

        Assert.That(user.WithAccepted("v1"), Is.SameAs(user));
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
