using Five9Functions.Five9;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Five9Functions.Tests.Imports;
using NodaTime;

namespace Five9Functions.Tests.RealTime;

/// <summary>The life of a session without Five9 and storage.</summary>
public sealed class LiveStepTests
{
    private static readonly LiveOptions Options = new();
    private static readonly Instant Now = ImportData.At("2026-11-02T21:00:30Z");

    [Test]
    public void ASession_IsOpened_TellsAll_AndThenWhatChanges()
    {
        var none = new LiveSession();
        Assert.That(LiveStep.Of(none, Now, Options), Is.EqualTo(new LiveStep.Open()));

        var set = none.Opening(new LiveStep.Open(), Now) with { SetAt = Now };
        Assert.That(LiveStep.Of(set, Now, Options), Is.EqualTo(new LiveStep.Wait("All calls that Five9 allows for sessions are used; one is opened again at 2026-11-02T21:01:00Z.")));
        Assert.That(LiveStep.Of(set, Now + Duration.FromSeconds(30), Options), Is.EqualTo(new LiveStep.Snapshot()));

        Assert.That(LiveStep.Of(set.Answered(17, goesOn: false, Now), Now, Options), Is.EqualTo(new LiveStep.Update(17)));
    }

    [Test]
    public void ADay_OfSessionsThatAreLostAtOnce_StaysWithinFive9sLimits()
    {
        var (session, opened) = (new LiveSession(), new List<Instant>());
        for (var now = ImportData.At("2026-11-02T00:00:00Z"); now < ImportData.At("2026-11-03T00:00:00Z"); now += Duration.FromSeconds(15))
        {
            if (LiveStep.Of(session, now, Options) is LiveStep.Open open)
            {
                opened.Add(now);
                session = session.Opening(open, now) with { SetAt = now };
                session = session.Failed(new Five9SessionLostException("Gone.", takenOver: false), now, Options);
            }
        }

        // Two calls each: 2 a minute, 15 an hour, 240 a day.
        Assert.That(opened.GroupBy(at => at.ToUnixTimeSeconds() / 60).Max(minute => minute.Count()), Is.EqualTo(1));
        Assert.That(opened.GroupBy(at => at.ToUnixTimeSeconds() / 3600).Max(hour => hour.Count()), Is.EqualTo(7));
        Assert.That(opened, Has.Count.EqualTo(120));
    }

    [Test]
    public void ASessionThatIsTakenOverAgainAndAgain_IsTakenBackEveryTenMinutes()
    {
        var (session, opened) = (new LiveSession { SetAt = Now, Timestamp = 17 }, new List<string>());
        for (var now = Now; now < Now + Duration.FromMinutes(31); now += Duration.FromSeconds(15))
        {
            if (LiveStep.Of(session, now, Options) is LiveStep.Open open)
            {
                opened.Add($"{now}");
                session = (session.Opening(open, now) with { SetAt = now }).Answered(17, goesOn: false, now);
            }
            else if (session.Timestamp is not null)
            {
                session = session.Failed(new Five9SessionLostException("Taken.", takenOver: true), now, Options);
            }
        }

        Assert.That(opened, Is.EqualTo(new[] { "2026-11-02T21:00:45Z", "2026-11-02T21:10:45Z", "2026-11-02T21:20:45Z", "2026-11-02T21:30:45Z" }));
    }

    [Test]
    public void Failures_WaitAsLongAsTheirKindTakes()
    {
        var session = new LiveSession { SetAt = Now, Timestamp = 17, UnderWayUntil = Now, Calls = 2 };

        var refused = session.Failed(new Five9MisconfiguredException(ImportProblem.RoleMissing, "No role."), Now, Options);
        Assert.That((refused.BlockedUntil, refused.Missed, refused.Reason, refused.UnderWayUntil, refused.Calls, refused.Timestamp), Is.EqualTo((ImportData.At("2026-11-02T21:10:30Z"), 1, "No role.", (Instant?)null, 0, (long?)17)));
        Assert.That(session.Failed(new Five9MisconfiguredException(ImportProblem.SecretMissing, "No secret."), Now, Options).BlockedUntil, Is.Null);
        Assert.That(session.Failed(new Five9TransientException(ImportProblem.Five9Failed, "Busy.", retryAfter: TimeSpan.FromDays(1)), Now, Options).BlockedUntil, Is.EqualTo(ImportData.At("2026-11-02T22:00:30Z")));

        var blocked = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            session = session.Failed(new Five9QuotaExceededException("Used up.", ""), Now, Options);
            blocked.Add($"{session.BlockedUntil:HH:mm:ss}");
        }

        Assert.That(blocked, Is.EqualTo(new[] { "21:01:00", "21:02:00", "21:04:00", "21:08:00", "21:16:00", "21:32:00", "22:00:00", "22:00:00" }));
        Assert.That(session.Answered(18, goesOn: false, Now), Is.EqualTo(new LiveSession { SetAt = Now, Timestamp = 18, AsOf = Now }));
    }
}
