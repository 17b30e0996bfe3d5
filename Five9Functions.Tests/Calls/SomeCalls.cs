using Five9Functions.Calls;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.Calls;

/// <summary>Legs made to collide: few calls, queues and agents, five days running, times at the edges of quarter hours, thresholds to the millisecond.</summary>
internal sealed record SomeCalls(IReadOnlyList<CallLeg> Legs)
{
    public static readonly IReadOnlyList<LocalDate> Days = [.. Enumerable.Range(19, 5).Select(day => new LocalDate(2026, 8, day))];

    private static readonly string[] Types =
    [
        "Inbound", "Inbound", "Inbound", "Inbound", "Queue Callback", "Inbound Voicemail", "3rd party transfer", "3rd party conference", "Outbound", "Preview", "Internal", "Skill Call", "Fax",
    ];

    /// <summary>Shrinks by leaving out legs.</summary>
    public static Arbitrary<SomeCalls> Arbitrary { get; } = Arb.From(
        from count in Gen.Choose(0, 9)
        from legs in Leg.ListOf(count)
        from ids in Gen.Choose(1, 3)
        select new SomeCalls([.. legs.Select((leg, i) => leg with { CallId = $"{i % ids}", Row = (UInt128)i })]),
        some => some.Legs.Select(leg => new SomeCalls([.. some.Legs.Where(other => !ReferenceEquals(other, leg))])));

    private static Gen<CallLeg> Leg =>
        from day in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (5, Gen.Constant(2)), (3, Gen.Constant(3)), (1, Gen.Constant(4)))
        from time in Gen.Elements(0, 1, 899, 900, 36_000, 36_000, 36_001, 36_002, 36_010, 86_399)
        from type in Gen.Elements(Types)
        from agent in Gen.Elements("", "", "ann", "bob", "cat", CallLeg.Deleted)
        from campaign in Gen.Elements("", "A", "B", CallLeg.Deleted)
        from skill in Gen.Elements("", "X", "Y", CallLeg.Deleted)
        from flag in Gen.Elements(AbandonedFlag.Unsaid, AbandonedFlag.No, AbandonedFlag.Yes)
        from waits in Gen.Elements(0L, 0L, 1L, 500L, 4_999L, 5_000L, 5_001L, 19_999L, 20_000L, 20_400L).ListOf(2)
        from work in Gen.Elements(0L, 0L, 0L, 300L, 1_500L, 60_000L).ListOf(4)
        from told in Gen.Frequency((6, Gen.Constant((long?)null)), (1, Gen.Elements<long?>(0L, 5_000L, 61_400L))).ListOf(3)
        select new CallLeg
        {
            CallId = "",
            Day = Days[day],
            Start = (Days[day].AtMidnight() + Period.FromSeconds(time)).InZoneStrictly(CallText.Zone).ToInstant(),
            TypeName = CallTypes.Read(type).Name,
            Type = CallTypes.Read(type).Type,
            Agent = agent,
            Campaign = campaign,
            Skill = skill,
            Abandoned = flag,
            QueueWait = waits[0],
            Ring = waits[1],
            Talk = work[0],
            Hold = work[1],
            Park = work[2],
            AfterCallWork = work[3],
            Handle = told[0],
            SpeedOfAnswer = told[1],
            TimeToAbandon = told[2],
        };

    public override string ToString() => string.Join('\n', Legs);
}
