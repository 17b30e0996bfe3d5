using Five9Functions.Adherence;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Five9Functions.Tests.Adherence;

/// <summary>A day of an agent in slots of ten minutes, and the same rules read plainly: every question is asked of every slot.</summary>
/// <param name="Plan">Of each slot: an activity, or nothing.</param>
/// <param name="Done">Of each slot: a state, or nothing.</param>
internal sealed record SomeAdherence(IReadOnlyList<string> Plan, IReadOnlyList<string> Done, IReadOnlyList<bool> Known, Tolerances Tolerances, int From, int Middle, int To)
{
    public const int Slots = 60;

    private const int SlotSeconds = 600;

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 0, 0);

    public static Arbitrary<SomeAdherence> Arbitrary { get; } = Arb.From(
        from plan in Sticky("Phone", "Phone", "Phone", "Break", "", "Feast")
        from done in Sticky("Ready", "Ready", "Lunch", "Email", "Logout", "")
        from known in Sticky(true, true, true, false)
        from tolerances in Gen.Elements(0, 600, 1_200, 3_600).ListOf(3)
        from edges in Gen.Choose(0, Slots).ListOf(3)
        let order = edges.Order().ToArray()
        select new SomeAdherence(plan, done, known, AdherenceText.Tolerate(tolerances[0], tolerances[1], tolerances[2]), order[0], order[1], order[2]));

    public ActivityRules Rules => AdherenceExample.Rules with { Tolerances = Tolerances };

    public AgentActivity Agent => new(
        [.. Spans(Plan, plan => plan.Length > 0).Select(span => new ScheduledActivity("ann", span.What, TypeOf(span.What), At(span.From), At(span.To)))],
        [.. Spans(Done, state => state.Length > 0).Select(span => AdherenceText.Agent("", $"00:00-01:00 {(span.What == "Lunch" ? "Not Ready/Lunch" : span.What)}").States[0] with { Start = At(span.From), End = At(span.To) })],
        [.. Spans(Known, known => known).Select(span => new NodaTime.Interval(At(span.From), At(span.To)))]);

    public AdherenceSums Sums(int from, int to) => AdherenceSums.Of(Agent, new ActivityMap(Rules), new NodaTime.Interval(At(from), At(to)));

    /// <summary>The seconds of each class in a window, from the classes of all slots.</summary>
    public AdherenceSums Plainly(int from, int to)
    {
        var judged = Judged();
        var slots = Enumerable.Range(from, to - from).ToList();
        return new(
            Seconds(IsScheduled),
            Seconds(slot => judged[slot] == AdherenceClass.In),
            Seconds(slot => judged[slot] == AdherenceClass.NotPresent),
            Seconds(slot => judged[slot] == AdherenceClass.Wrong),
            Seconds(slot => judged[slot] == AdherenceClass.Unknown),
            Seconds(slot => judged[slot] == AdherenceClass.NotScheduled),
            Seconds(slot => Plan[slot] == "Phone"),
            Seconds(slot => Plan[slot] == "Phone" && !Known[slot]),
            Seconds(slot => Known[slot] && Done[slot] == "Ready"));

        long Seconds(Func<int, bool> counts) => (long)slots.Count(counts) * SlotSeconds;
    }

    private AdherenceClass[] Judged()
    {
        var classes = Enumerable.Range(0, Slots).Select(ClassOf).ToArray();
        var judged = classes.ToArray();
        for (var slot = 0; slot < Slots; slot++)
        {
            if (!IsOut(classes[slot]) && classes[slot] != AdherenceClass.NotScheduled)
            {
                continue;
            }

            var extra = classes[slot] == AdherenceClass.NotScheduled;
            bool SameRun(int other) => extra ? classes[other] == AdherenceClass.NotScheduled : IsOut(classes[other]);
            var (first, last) = (slot, slot);
            while (first > 0 && SameRun(first - 1))
            {
                first--;
            }

            while (last < Slots - 1 && SameRun(last + 1))
            {
                last++;
            }

            var tolerance = extra ? Tolerances.NotScheduled : classes[first] == AdherenceClass.Wrong ? Tolerances.Wrong : Tolerances.NotPresent;
            if ((last - first + 1) * SlotSeconds <= tolerance.TotalSeconds)
            {
                judged[slot] = extra ? AdherenceClass.Nothing : AdherenceClass.In;
            }
        }

        return judged;
    }

    private AdherenceClass ClassOf(int slot)
    {
        var does = Known[slot] && Done[slot] is not ("" or "Logout");
        return !IsScheduled(slot) ? does ? AdherenceClass.NotScheduled : AdherenceClass.Nothing
            : !Known[slot] ? AdherenceClass.Unknown
            : !does ? AdherenceClass.NotPresent
            : (Plan[slot], Done[slot]) is ("Phone", "Ready") or ("Break", "Lunch") ? AdherenceClass.In
            : AdherenceClass.Wrong;
    }

    private bool IsScheduled(int slot) => Plan[slot] is "Phone" or "Break";

    private static bool IsOut(AdherenceClass c) => c is AdherenceClass.NotPresent or AdherenceClass.Wrong;

    private static ActivityType TypeOf(string activity) => activity switch { "Phone" => ActivityType.Work, "Break" => ActivityType.Break, _ => ActivityType.Holiday };

    private static Instant At(int slot) => Start + Duration.FromSeconds((long)slot * SlotSeconds);

    private static IEnumerable<(int From, int To, T What)> Spans<T>(IReadOnlyList<T> slots, Func<T, bool> counts)
    {
        for (var from = 0; from < slots.Count;)
        {
            var to = from + 1;
            while (to < slots.Count && Equals(slots[to], slots[from]))
            {
                to++;
            }

            if (counts(slots[from]))
            {
                yield return (from, to, slots[from]);
            }

            from = to;
        }
    }

    private static Gen<IReadOnlyList<T>> Sticky<T>(params T[] values) =>
        from parts in (from value in Gen.Elements(values) from length in Gen.Frequency((3, Gen.Choose(1, 3)), (2, Gen.Choose(4, 15))) select Enumerable.Repeat(value, length)).ListOf(Slots)
        select (IReadOnlyList<T>)[.. parts.SelectMany(part => part).Take(Slots)];

    public override string ToString() =>
        string.Join('\n', Enumerable.Range(0, Slots).Select(slot => $"{slot}: {Plan[slot]} | {Done[slot]} | {Known[slot]}").Append($"{Tolerances} {From} {Middle} {To}"));
}
