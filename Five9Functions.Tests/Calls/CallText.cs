using System.Globalization;
using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Tests.Calls;

/// <summary>Legs and figures as short text. Times are those of California, where every test happens, on 21 August 2026 unless it says otherwise.</summary>
internal static class CallText
{
    public const string Header = "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,SKILL,IVR TIME,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED";

    public static readonly LocalDate Friday = new(2026, 8, 21);

    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    public static ReportWindow Window(Instant from, Instant to) => new(new Interval(from, to), new Interval(from, to), Zone);

    /// <summary>From the 18th to the 26th of August.</summary>
    public static ReportWindow AllDays { get; } = Window(Instant.FromUtc(2026, 8, 18, 7, 0), Instant.FromUtc(2026, 8, 26, 7, 0));

    /// <summary>The legs of a call log, as the whole way through the reader makes them.</summary>
    public static List<CallLeg> Legs(string csv, ReportWindow? window = null, QueueGrouping grouping = QueueGrouping.Campaign)
    {
        var content = CallLogReport.ReadAsync(new StringReader(csv), grouping, window ?? AllDays, 50_000, false, CancellationToken.None).GetAwaiter().GetResult();
        Assert.That(content.Quarantined, Is.Empty);
        return [.. content.Rows.Select(row => CallLogReport.ToLeg(row, row.Start.InZone(Zone).Date))];
    }

    /// <summary>
    /// A leg of call 1 in campaign Sales: "09:00:10 | Inbound | ann | S-New | wait 12 ring 3 talk 240 hold 60 park 0 acw 30 flag 0".
    /// Lengths in seconds; a date before the time ("22 09:00:10"), another call ("call 2") and campaign ("campaign Care") where it matters.
    /// </summary>
    public static CallLeg Leg(string text)
    {
        var parts = text.Split('|', StringSplitOptions.TrimEntries);
        var words = parts[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var time = parts[0].Contains(' ', StringComparison.Ordinal) ? parts[0].Split(' ') : ["21", parts[0]];
        var local = new LocalDate(2026, 8, int.Parse(time[0], CultureInfo.InvariantCulture)) + LocalTime.FromTimeOnly(TimeOnly.Parse(time[1], CultureInfo.InvariantCulture));
        var (name, type) = CallTypes.Read(parts[1]);
        return new CallLeg
        {
            CallId = words.GetValueOrDefault("call", "1"),
            Day = local.Date,
            Start = local.InZoneStrictly(Zone).ToInstant(),
            TypeName = name,
            Type = type,
            Agent = parts[2],
            Skill = parts[3],
            Campaign = words.GetValueOrDefault("campaign", "Sales"),
            QueueWait = Milliseconds("wait") ?? 0,
            Ring = Milliseconds("ring") ?? 0,
            Talk = Milliseconds("talk") ?? 0,
            Hold = Milliseconds("hold") ?? 0,
            Park = Milliseconds("park") ?? 0,
            AfterCallWork = Milliseconds("acw") ?? 0,
            Handle = Milliseconds("handle"),
            SpeedOfAnswer = Milliseconds("answer"),
            TimeToAbandon = Milliseconds("abandon"),
            Abandoned = words.GetValueOrDefault("flag") switch { "1" => AbandonedFlag.Yes, "0" => AbandonedFlag.No, _ => AbandonedFlag.Unsaid },
            Row = (UInt128)text.GetHashCode(StringComparison.Ordinal),
        };

        long? Milliseconds(string word) => words.TryGetValue(word, out var seconds) ? (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 1_000) : null;
    }

    /// <summary>The figures of the 21st by skill, a line for each interval with what is not zero in it, and the class of each leg in a last one.</summary>
    public static string[] Figures(string legs, CallRules? rules = null)
    {
        var (day, classified) = CallDay.Of(Friday, legs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Leg), rules ?? new CallRules(QueueGrouping.Skill));
        return [.. day.Intervals.Select(NotZero), string.Join(' ', classified.Select(leg => LegClasses.Word(leg.Class)))];
    }

    public static string NotZero(QueueInterval interval) =>
        $"{interval.Queue} {interval.Start:HH':'mm}: {string.Join(' ', IntervalFigures.Columns.Where(c => c.Value(interval.Figures) != 0).Select(c => $"{c.Name} {c.Value(interval.Figures)}"))}";

    /// <summary>Each interval with all its columns in their order.</summary>
    public static IEnumerable<string> Table(IEnumerable<QueueInterval> intervals) =>
        intervals.Select(interval => $"{interval.Queue} {interval.Start:HH':'mm} {string.Join(' ', IntervalFigures.Columns.Select(c => c.Value(interval.Figures)))}");
}
