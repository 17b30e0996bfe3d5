using Five9Functions.LocalHost.Drawing;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Drawing;

public sealed class MostTangledTests
{
    private static readonly Duration TenMinutes = Duration.FromMinutes(10);

    [Test]
    public void Find_TheCoachingOfTheDay_BeginsAMinuteBefore()
    {
        var found = MostTangled.Find(
            [
                .. Stretches.Coaching().Reported,
                Stretches.Reported("Ready", "14:00:00", "14:00:05"),
                Stretches.Reported("Inbound", "14:00:00", "14:03:00"),
            ],
            Stretches.Day,
            TenMinutes);

        // Not Ready with call (120 of 180 s) and hold (25 s), call with hold (25 s): 170 s, 3 overlaps of 20 and 3 kinds of 60.
        // Ready and Ringing (3 s) end within it, too: 3 + 20 + 60.
        Assert.That(found, Is.EqualTo((new Interval(Stretches.At("09:00:00"), Stretches.At("09:10:00")), 493)));
    }

    [Test]
    public void Find_NothingButALoginAroundTheShift_IsNothing() => Assert.That(
        MostTangled.Find([Stretches.Reported("Login", "08:00:00", "17:00:00"), Stretches.Reported("Ready", "09:00:00", "09:10:00")], Stretches.Day, TenMinutes),
        Is.Null);

    [Test]
    public void Find_TheSameRowTwice_IsNoOverlap() => Assert.That(
        MostTangled.Find([Stretches.Reported("Ready", "09:00:00", "09:10:00"), Stretches.Reported("Ready", "09:00:00", "09:10:00")], Stretches.Day, TenMinutes),
        Is.Null);

    [Test]
    public void Find_NextToMidnight_StaysInTheDay() => Assert.That(
        MostTangled.Find([Stretches.Reported("Ready", "00:00:10", "00:01:00"), Stretches.Reported("Ringing", "00:00:50", "00:01:10")], Stretches.Day, TenMinutes),
        Is.EqualTo((new Interval(Stretches.At("00:00:00"), Stretches.At("00:10:00")), 90)));
}
