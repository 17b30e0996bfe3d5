using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Drawing;

/// <summary>States of one agent on 2026-10-06 in Berlin, where local times are UTC + 2; times are written HH:mm:ss, local.</summary>
internal static class Stretches
{
    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    public static LocalDay Day { get; } = new(new LocalDate(2026, 10, 6), Zone);

    public static Instant At(string time) => Day.Date.At(LocalTimePattern.ExtendedIso.Parse(time).Value).InZoneStrictly(Zone).ToInstant();

    public static ReportedState Reported(string state, string start, string? end, string callId = "")
    {
        var (name, kind) = StateNames.Read(state);
        return new ReportedState("ava.meyer", "Ava Meyer", name, kind, "", callId, At(start), end is null ? null : At(end) - At(start), Day.Date, Day.End, $"{state}{start}{end}");
    }

    public static Segment Stored(string state, string start, string end, string reportedStart, string reportedEnd, string callId = "")
    {
        var (name, kind) = StateNames.Read(state);
        var adjusted = start != reportedStart || end != reportedEnd;
        return new Segment("ava.meyer", "Ava Meyer", name, kind, "", callId, At(start), At(end), At(reportedStart), At(reportedEnd), adjusted, false, [], false, false);
    }

    /// <summary>A coaching with a call in it, which is put on hold, all within a shift.</summary>
    public static AgentStretch Coaching() => new(
        new Interval(At("09:00:00"), At("09:10:00")),
        Zone,
        [
            Reported("Login", "08:00:00", "17:00:00"),
            Reported("Not Ready", "09:01:00", "09:07:00"),
            Reported("On Call", "09:02:00", "09:05:00", "1"),
            Reported("On Hold", "09:03:00", "09:03:25", "1"),
            Reported("Ready", "09:08:00", "09:08:00"),
            Reported("Ready", "09:08:00", "09:09:00"),
            Reported("Ringing", "09:08:57", "09:09:02", "2"),
            Reported("On Call", "09:09:02", "09:20:00", "2"),
        ],
        [
            Stored("Login", "08:00:00", "09:01:00", "08:00:00", "17:00:00"),
            Stored("Not Ready", "09:01:00", "09:02:00", "09:01:00", "09:07:00"),
            Stored("On Call", "09:02:00", "09:03:00", "09:02:00", "09:05:00", "1"),
            Stored("On Hold", "09:03:00", "09:03:25", "09:03:00", "09:03:25", "1"),
            Stored("On Call", "09:03:25", "09:05:00", "09:02:00", "09:05:00", "1"),
            Stored("Not Ready", "09:05:00", "09:07:00", "09:01:00", "09:07:00"),
            Stored("Login", "09:07:00", "09:08:00", "08:00:00", "17:00:00"),
            Stored("Ready", "09:08:00", "09:08:57", "09:08:00", "09:09:00"),
            Stored("Ringing", "09:08:57", "09:09:02", "09:08:57", "09:09:02", "2"),
            Stored("On Call", "09:09:02", "09:20:00", "09:09:02", "09:20:00", "2"),
        ]);
}
