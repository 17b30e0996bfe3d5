using Five9Functions.AgentStates;
using Five9Functions.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>A day and the rows of one agent around it, made to collide: few seconds, few words, cut pieces, midnights, open ends.</summary>
internal sealed record DayOfRows(LocalDay Day, IReadOnlyList<ReportedState> Rows)
{
    /// <summary>Cases come with days of 23, 24 and 25 hours and shrink by leaving out rows.</summary>
    public static Arbitrary<DayOfRows> Arbitrary { get; } = Arb.From(
        from date in Gen.Elements(new LocalDate(2026, 3, 8), new LocalDate(2026, 6, 17), new LocalDate(2026, 11, 1))
        let day = new LocalDay(date, DayText.Zone)
        from count in Gen.Choose(0, 9)
        from bundles in Bundle(day).ListOf(count)
        select new DayOfRows(day, bundles.SelectMany(bundle => bundle).ToList()),
        some => some.Rows.Select(row => some with { Rows = some.Rows.Where(other => !ReferenceEquals(other, row)).ToList() }));

    public override string ToString() =>
        $"{Day.Date}: {Day.Start} to {Day.End}\n" + string.Join('\n', Rows.Select(row => $"{row.Canonical} [{row.Start}, {row.End}) @{row.AsOf}"));

    private static Gen<List<ReportedState>> Bundle(LocalDay day) => Gen.Frequency(
        (6, Row(day).Select(row => new List<ReportedState> { row })),
        (1, Twice(day)),
        (2, CutAtMidnight(day)));

    private static Gen<ReportedState> Row(LocalDay day) =>
        from start in Start(day)
        from length in Length(day, start)
        from row in Row(start, length, AsOf(day, start))
        select row;

    private static Gen<ReportedState> Row(Instant start, Duration? length, Gen<Instant> asOfs) =>
        from state in Gen.Elements("Ready", "Not Ready", "Inbound", "Outbound", "On Hold", "Login", "Logout", "Logged Out", "Gone fishing")
        from reason in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Constant("a")))
        from call in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Elements("9", "10")))
        from name in Gen.Elements("Ann", "Ann B")
        from asOf in asOfs
        select Written(new ReportedState(
            "ann", name, state, StateNames.Read(state).Kind, reason, call, start, length, start.InZone(DayText.Zone).Date, asOf, ""));

    private static Gen<List<ReportedState>> Twice(LocalDay day) =>
        from row in Row(day)
        from name in Gen.Elements("Ann", "Zoe")
        select new List<ReportedState> { row, Written(row with { AgentName = name }) };

    /// <summary>A state over one or two midnights as a report cuts it; sometimes another report told it uncut as well.</summary>
    private static Gen<List<ReportedState>> CutAtMidnight(LocalDay day) =>
        from before in Gen.Elements(1, 3, 6, 3_600, 100_000)
        from after in Gen.Elements(0, 1, 3, 6, 3_600)
        from midnights in Gen.Elements([day.Start], [day.End], [day.Start, day.End], new[] { day.PlusDays(-1).Start, day.Start })
        from row in Row(midnights[0] - Duration.FromSeconds(before), Duration.Zero, AsOf(day, midnights[^1]))
        from openEnd in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from uncut in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Pieces(row, midnights, openEnd ? null : midnights[^1] + Duration.FromSeconds(after), uncut);

    private static List<ReportedState> Pieces(ReportedState row, Instant[] midnights, Instant? end, bool uncut)
    {
        Instant[] starts = [row.Start, .. midnights];
        Instant?[] ends = [.. midnights, end];
        var rows = starts.Zip(ends, (start, to) => Between(row, start, to)).ToList();
        if (uncut)
        {
            rows.Add(Between(row, row.Start, end));
        }

        return rows;
    }

    private static ReportedState Between(ReportedState row, Instant start, Instant? end) =>
        Written(row with { Start = start, Length = end - start, Day = start.InZone(DayText.Zone).Date });

    private static Gen<Instant> Start(LocalDay day)
    {
        var noon = day.Start + Duration.FromHours(12);
        var anchors = Gen.Frequency(
            (6, Gen.Constant(noon)),
            (3, Gen.Constant(day.Start)),
            (3, Gen.Constant(day.End)),
            (1, Gen.Elements(day.PlusDays(-1).Start, day.PlusDays(-6).Start, day.PlusDays(-7).Start, day.PlusDays(-8).Start)),
            (1, Gen.Elements(day.PlusDays(1).End, day.PlusDays(2).End)));
        return from anchor in anchors
               from offset in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(-8, 8)))
               select anchor + Duration.FromSeconds(offset);
    }

    private static Gen<Duration?> Length(LocalDay day, Instant start)
    {
        Duration? To(Instant end) => end >= start && end - start <= Duration.FromHours(168) ? end - start : Duration.FromHours(168);
        var midnight = LocalDay.Of(start, DayText.Zone).End;
        return Gen.Frequency(
            (8, Gen.Choose(0, 12).Select(seconds => (Duration?)Duration.FromSeconds(seconds))),
            (2, Gen.Constant<Duration?>(null)),
            (1, Gen.Elements(To(midnight), To(day.Start), To(day.End), To(day.End + Duration.FromSeconds(4)))),
            (1, Gen.Elements<Duration?>(Duration.FromHours(1), Duration.FromHours(13), Duration.FromHours(25), Duration.FromHours(168))));
    }

    private static Gen<Instant> AsOf(LocalDay day, Instant start) => Gen.Frequency(
        (4, Gen.Constant(day.PlusDays(30).Start)),
        (3, Gen.Elements(6, 8.5, 43_300).Select(seconds => day.Start + Duration.FromHours(12) + Duration.FromSeconds(seconds))),
        (2, Gen.Elements(-3, 2, 5.25).Select(seconds => start + Duration.FromSeconds(seconds))));

    private static ReportedState Written(ReportedState row) => row with
    {
        Canonical = string.Join('|', row.State, row.ReasonCode, row.CallId, row.Start, row.Length, row.AgentName, row.AsOf),
    };
}
