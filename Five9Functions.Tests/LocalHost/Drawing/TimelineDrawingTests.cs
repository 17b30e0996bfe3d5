using Five9Functions.LocalHost.Drawing;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Drawing;

public sealed class TimelineDrawingTests
{
    [Test]
    public void Draw_ACallInACoaching_ShowsLanesAndTheCleanOne()
    {
        var drawn = string.Join('\n', TimelineDrawing.Draw(Stretches.Coaching()));

        Assert.That(drawn, Is.EqualTo(
            """
            Ava Meyer (ava.meyer), Tue 2026-10-06, Europe/Berlin

            10 s a column   09:00       09:02       09:04       09:06       09:08
                            ╷           ╷           ╷           ╷           ╷
            Reported
            Login           ····························································
            Not Ready             ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
            On Call                     ██████████████████                        ██████
            On Hold                           ▓▓▓
            Ready                                                           ──────
            Ready                                                           |
            Ringing                                                              ^^
            Stored
            Clean timeline  ······░░░░░░██████▓▓██████████░░░░░░░░░░░░······──────██████

            █ call  ▓ hold  ^ ringing  ░ notReady  ─ ready  · login  | marker (no length)
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Draw_TheWidestStretch_FitsA100Columns()
    {
        var stretch = Stretches.Coaching() with { Window = new Interval(Stretches.At("09:00:00"), Stretches.At("09:14:00")) };

        Assert.That(TimelineDrawing.Draw(stretch).Select(line => line.ToString().Length), Has.All.LessThanOrEqualTo(100));
        Assert.That(TimelineDrawing.LengthFor(100), Is.EqualTo(Duration.FromMinutes(14)));
    }

    [TestCase(40, 10)]
    [TestCase(80, 10)]
    [TestCase(88, 12)]
    [TestCase(200, 14)]
    public void LengthFor_AScreen_IsWhatFits_TenToFourteenMinutes(int columns, int minutes) =>
        Assert.That(TimelineDrawing.LengthFor(columns), Is.EqualTo(Duration.FromMinutes(minutes)));

    [Test]
    public void Draw_AStateWithoutAnEnd_GoesOnToTheEdge_AndATimeWithoutAnyStateIsBlank()
    {
        var stretch = new AgentStretch(
            new Interval(Stretches.At("09:00:00"), Stretches.At("09:10:00")),
            Stretches.Zone,
            [Stretches.Reported("Ready", "09:09:00", null)],
            [Stretches.Stored("Ready", "09:09:00", "09:09:30", "09:09:00", "09:09:30")]);

        var lines = TimelineDrawing.Draw(stretch).Select(line => line.ToString()).ToList();

        Assert.That(lines[5], Is.EqualTo("Ready                                                                 ──────"));
        Assert.That(lines[7], Is.EqualTo("Clean timeline                                                        ───"));
    }

    [Test]
    public void Describe_TellsToTheSecondWhatWasChanged_AndNothingElse()
    {
        var described = string.Join('\n', FixedOverlaps.Describe(Stretches.Coaching()));

        Assert.That(described, Is.EqualTo(
            """
            Not Ready       09:01:00-09:07:00  ->  09:01:00-09:02:00, 09:05:00-09:07:00
            On Call         09:02:00-09:05:00  ->  09:02:00-09:03:00, 09:03:25-09:05:00
            Ready           09:08:00-09:09:00  ->  09:08:00-09:08:57
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Describe_AStateThatIsNowhereStored_SaysAbsorbed()
    {
        var stretch = Stretches.Coaching() with { Reported = [Stretches.Reported("After Call Work", "09:03:00", "09:03:30")] };

        Assert.That(FixedOverlaps.Describe(stretch).Single().ToString(), Is.EqualTo("After Call Work 09:03:00-09:03:30  ->  absorbed: always under shorter states"));
    }
}
