using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Adherence;

/// <summary>
/// Reads what an agent was to do and did from text: parts with a comma between them, each <c>05:00-10:30 Phone</c> in UTC of 1 November
/// 2026. A scheduled activity may name its type (<c>Break/break</c>, else work), a state its reason code (<c>Not Ready/Lunch</c>) and what
/// is active under it (<c>Ready+call</c>).
/// </summary>
internal static class AdherenceText
{
    private static readonly LocalDate Day = new(2026, 11, 1);

    public static AgentActivity Agent(string scheduled, string states, string known = "00:00-24:00") => new(
        [.. Parts(scheduled).Select(part => Scheduled(part.When, part.Text))],
        [.. Parts(states).Select(part => State(part.When, part.Text))],
        [.. Parts(known).Select(part => part.When)]);

    public static Interval Window(string text) => Parts(text).Single().When;

    public static Instant At(string time)
    {
        var parts = time.Split(':').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return Day.AtMidnight().InUtc().ToInstant() + Duration.FromSeconds((parts[0] * 3600) + (parts[1] * 60) + parts.ElementAtOrDefault(2));
    }

    public static string Text(Instant instant) => InstantPattern.CreateWithInvariantCulture("HH:mm:ss").Format(instant);

    /// <summary>As the columns of the example: scheduled, unknown, in, wrong, not present, not scheduled, worked / scheduled work that is known.</summary>
    public static string Text(AdherenceSums s) => $"{s.Scheduled} {s.Unknown} {s.In} {s.Wrong} {s.NotPresent} +{s.NotScheduled} {s.Worked}/{s.ScheduledWork - s.ScheduledWorkUnknown}";

    /// <summary>Stretches that are neighbours and say the same are one: <c>05:00:00-05:01:20 in</c>.</summary>
    public static string Judged(AgentActivity agent, ActivityRules rules, string window)
    {
        var lines = new List<(Instant Start, Instant End, AdherenceClass Class)>();
        foreach (var stretch in AdherenceTimeline.Of(agent, new ActivityMap(rules), Window(window)))
        {
            if (lines is [.., var last] && last.Class == stretch.Judged && last.End == stretch.Start)
            {
                lines[^1] = last with { End = stretch.End };
            }
            else
            {
                lines.Add((stretch.Start, stretch.End, stretch.Judged));
            }
        }

        return string.Join(", ", lines.Select(line => $"{Text(line.Start)}-{Text(line.End)} {line.Class}"));
    }

    public static Tolerances Tolerate(int notPresent = 0, int wrong = 0, int notScheduled = 0) => new(Duration.FromSeconds(notPresent), Duration.FromSeconds(wrong), Duration.FromSeconds(notScheduled));

    private static ScheduledActivity Scheduled(Interval when, string text) =>
        new("ann", text.Split('/')[0], text.Contains('/') ? Enum.Parse<ActivityType>(text.Split('/')[1], ignoreCase: true) : ActivityType.Work, when.Start, when.End);

    private static ActualState State(Interval when, string text)
    {
        var words = text.Split('+');
        var (name, kind) = StateNames.Read(words[0].Split('/')[0]);
        return new(when.Start, when.End, name, words[0].Contains('/') ? words[0].Split('/')[1] : "", kind, [.. words[1..].Select(StateKinds.Parse)]);
    }

    private static IEnumerable<(Interval When, string Text)> Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var words = part.Split(' ', 2);
        var times = words[0].Split('-');
        return (new Interval(At(times[0]), At(times[1])), words.ElementAtOrDefault(1) ?? "");
    });
}
