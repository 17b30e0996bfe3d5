using Five9Functions.Adherence;
using Five9Functions.Api;
using Five9Functions.Api.Adherence;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Api.Adherence;

/// <summary>Rows of schedules without HTTP; the planning zone is Los Angeles.</summary>
public sealed class ScheduleReadingTests
{
    private static readonly Interval Year = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0));

    private static readonly DateTimeZone LosAngeles = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    [TestCase("2026-10-31T22:00:00-07:00", "2026-11-01T05:00:00Z")]
    [TestCase("2026-11-01T05:00Z", "2026-11-01T05:00:00Z")]
    [TestCase("2026-11-01T06:00+01:00", "2026-11-01T05:00:00Z")]
    [TestCase("2026-10-31T22:00", "2026-11-01T05:00:00Z")]
    [TestCase("2026-10-31T22:00:05", "2026-11-01T05:00:05Z")]
    [TestCase("2026-11-01T01:30", "2026-11-01T08:30:00Z")] // twice: the first
    [TestCase("2026-03-08T02:30", "2026-03-08T10:30:00Z, skipped")]
    [TestCase("2026-03-08T02:30-08:00", "2026-03-08T10:30:00Z")]
    [TestCase("2026-11-01", null)]
    [TestCase("2026-11-01T05:00:00.5Z", null)]
    [TestCase("2026-11-01T25:00Z", null)]
    [TestCase("2026-11-01 05:00", null)]
    [TestCase("", null)]
    public void Times(string text, string? expected) => Assert.That(
        ScheduleTime.Parse(text, LosAngeles) is { } time ? InstantPattern.ExtendedIso.Format(time.Instant) + (time.Skipped ? ", skipped" : "") : null, Is.EqualTo(expected));

    [Test]
    public void ALocalTimeThatDoesNotExist_IsShiftedForward_WithAWarning()
    {
        var reading = new ScheduleReading(Year, LosAngeles);

        var read = reading.Read([new("ann", "Phone", "work", "2026-03-08T02:30", "2026-03-08T04:00")]);

        Assert.That(read, Is.EqualTo(new[] { new ScheduledActivity("ann", "Phone", ActivityType.Work, Instant.FromUtc(2026, 3, 8, 10, 30), Instant.FromUtc(2026, 3, 8, 11, 0)) }));
        Assert.That(reading.Warnings, Is.EqualTo(new[] { new FieldError("items.0.start", "2026-03-08T02:30 does not exist in America/Los_Angeles, where the clocks go forward: it was taken as 2026-03-08T10:30:00Z.") }));
    }

    [TestCase(null, "Phone", "work", "2026-11-01T05:00Z", "2026-11-01T06:00Z", "items.0.agent must have 1 to 200 characters and none that controls.")]
    [TestCase(" ", "Phone", "work", "2026-11-01T05:00Z", "2026-11-01T06:00Z", "items.0.agent must have 1 to 200 characters and none that controls.")]
    [TestCase("a\nb", "Phone", "work", "2026-11-01T05:00Z", "2026-11-01T06:00Z", "items.0.agent must have 1 to 200 characters and none that controls.")]
    [TestCase("ann", "", "work", "2026-11-01T05:00Z", "2026-11-01T06:00Z", "items.0.activity must have 1 to 100 characters and none that controls.")]
    [TestCase("ann", "Phone", "Work", "2026-11-01T05:00Z", "2026-11-01T06:00Z", "items.0.type must be work or meeting or training or break or holiday or illness.")]
    [TestCase("ann", "Phone", "work", null, "2026-11-01T06:00Z", "items.0.start must be a time on a whole second such as 2026-11-02T08:00:00Z, or without an offset 2026-11-02T08:00, which is in America/Los_Angeles.")]
    [TestCase("ann", "Phone", "work", "2026-11-01T05:00Z", "2026-11-01T05:00Z", "items.0 ends before it begins.")]
    [TestCase("ann", "Phone", "work", "2026-11-01T05:00Z", "2026-11-02T06:00:01Z", "items.0 ends more than 25 hours after it begins: send a row for each day.")]
    [TestCase("ann", "Phone", "work", "2025-12-31T23:59:59Z", "2026-01-01T06:00Z", "items.0 starts at 2025-12-31T23:59:59Z, outside of the window from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z: only what starts in it is replaced.")]
    [TestCase("ann", "Phone", "work", "2027-01-01T00:00Z", "2027-01-01T06:00Z", "items.0 starts at 2027-01-01T00:00:00Z, outside of the window from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z: only what starts in it is replaced.")]
    public void WhatCannotBe_IsNamed(string? agent, string activity, string type, string? start, string end, string detail) => Assert.That(
        () => new ScheduleReading(Year, LosAngeles).Read([new(agent, activity, type, start, end)]), Throws.TypeOf<ApiException>().With.Message.EqualTo(detail));

    // Agent, from, to; stored ones with an asterisk. What overlaps.
    [TestCase("a 1 3, a 3 5, b 2 4", "")]
    [TestCase("a 1 3, a 2 5", "a 2-5 with 1-3")]
    [TestCase("a 2 5, a 1 3", "a 2-5 with 1-3")]
    [TestCase("a 1 9, a 2 3, a 4 5", "a 2-3 with 1-9, a 4-5 with 1-9")]
    [TestCase("a 1 3, a 1 3", "a 1-3 with 1-3")]
    [TestCase("*a 1 3, a 2 5", "a 2-5 with stored 1-3")]
    [TestCase("a 1 3, *a 2 5", "a 1-3 with stored 2-5")]
    [TestCase("*a 1 3, *a 2 5, a 5 6", "")]
    [TestCase("*a 1 3, A 2 5", "")]
    public void Overlaps(string rows, string expected)
    {
        var all = rows.Split(", ").Select(row => (Kept: row[0] == '*', Words: row.TrimStart('*').Split(' '))).ToList();
        IEnumerable<ScheduledActivity> Of(bool kept) => all.Where(row => row.Kept == kept).Select(row => new ScheduledActivity(row.Words[0], "Phone", ActivityType.Work, At(row.Words[1]), At(row.Words[2])));

        var overlaps = ScheduleOverlaps.Of(Of(kept: false), Of(kept: true), most: 10);

        Assert.That(string.Join(", ", overlaps.Select(o => $"{o.Activity.Agent} {Text(o.Activity)} with {(o.Kept ? "stored " : "")}{Text(o.Other)}")), Is.EqualTo(expected));
    }

    private static Instant At(string hour) => Instant.FromUtc(2026, 11, 1, int.Parse(hour, System.Globalization.CultureInfo.InvariantCulture), 0);

    private static string Text(ScheduledActivity activity) => $"{activity.Start.InUtc().Hour}-{activity.End.InUtc().Hour}";
}
