using System.Globalization;
using Five9Functions.AgentStates;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Five9Functions.LocalHost.Live;

/// <summary>Who is in which state now as lines of a terminal: how far it can be believed, how many are in each state, and each agent with his, the longest first.</summary>
internal static class LiveBoard
{
    private const int AgentWidth = 18;
    private const int StateWidth = 18;
    private const int LengthWidth = 8;
    private const int EntryWidth = 2 + AgentWidth + 1 + StateWidth + 1 + LengthWidth;
    private const int Gap = 2;

    private static readonly StateKind[] Order =
    [
        StateKind.Call, StateKind.Hold, StateKind.Ringing, StateKind.Preview, StateKind.Voicemail, StateKind.OtherMedia, StateKind.AfterCallWork,
        StateKind.Ready, StateKind.NotReady, StateKind.Login, StateKind.Unknown,
    ];

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    /// <param name="name">The integration's.</param>
    /// <param name="zone">In which times are told.</param>
    /// <param name="columns">The room on the screen.</param>
    /// <param name="rows">The most lines.</param>
    public static IReadOnlyList<StyledLine> Lines(string name, LiveSnapshot picture, Instant now, DateTimeZone zone, int columns, int rows)
    {
        var present = picture.Agents.Where(agent => agent.Kind != StateKind.LoggedOut).ToList();
        List<StyledLine> lines =
        [
            new StyledLine(new Span($"{name}  ", Color.Aqua), Feed(picture, now, zone)),
            .. picture.Reason is { } reason ? [new StyledLine(new Span(reason, Color.Yellow))] : Array.Empty<StyledLine>(),
            "",
            .. present.Count == 0 ? ["Nobody is logged in."] : Counts(present, columns),
            "",
        ];
        var across = Math.Max(1, (columns + Gap) / (EntryWidth + Gap));
        var room = Math.Max(1, rows - lines.Count - 1);
        var sorted = present.OrderBy(agent => Array.IndexOf(Order, agent.Kind)).ThenBy(agent => agent.Since).ThenBy(agent => agent.Agent, StringComparer.Ordinal).ToList();
        var shown = sorted.Take(across * room).ToList();
        var height = (shown.Count + across - 1) / across;
        for (var row = 0; row < height; row++)
        {
            lines.Add(new StyledLine([.. Enumerable.Range(0, across).Select(column => (column * height) + row).Where(i => i < shown.Count).SelectMany(i => Entry(shown[i], now))]));
        }

        if (shown.Count < sorted.Count)
        {
            lines.Add(new StyledLine(new Span(string.Create(CultureInfo.InvariantCulture, $"and {sorted.Count - shown.Count} more: a larger window shows them"), Color.Grey)));
        }

        return lines;
    }

    /// <summary>The feed in words: <c>live, as of 13:10:15 (3 s ago)</c>.</summary>
    public static Span Feed(LiveSnapshot picture, Instant now, DateTimeZone zone)
    {
        var color = picture.Feed switch { LiveFeed.Live => Color.Green, LiveFeed.Stale => Color.Yellow, _ => Color.Red };
        return new Span(
            picture.AsOf is { } asOf ? string.Create(CultureInfo.InvariantCulture, $"{picture.Feed.Code()}, as of {Time(asOf, zone)} ({Math.Max(0, (long)(now - asOf).TotalSeconds)} s ago)") : picture.Feed.Code(),
            color);
    }

    /// <summary>How many are in each kind of state, on one line: <c>12 on a call, 3 ready</c>.</summary>
    public static string Summary(IEnumerable<LiveAgentState> agents) =>
        string.Join(", ", Groups(agents).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count} {Word(group.Kind)}")));

    public static string Time(Instant instant, DateTimeZone zone) => Clock.Format(instant.InZone(zone).TimeOfDay);

    // A bar whose parts are as long as there are people, and what they are.
    private static IEnumerable<StyledLine> Counts(List<LiveAgentState> present, int columns)
    {
        var groups = Groups(present).ToList();
        var (bar, told) = (new List<Span>(), 0);
        foreach (var (kind, count) in groups)
        {
            var from = told * columns / present.Count;
            told += count;
            bar.Add(new Span(new string(KindLook.Sign(kind), (told * columns / present.Count) - from), KindLook.Color(kind)));
        }

        yield return new StyledLine(bar);
        yield return new StyledLine([.. groups.SelectMany(group => (Span[])[
            new Span($"{KindLook.Sign(group.Kind)} ", KindLook.Color(group.Kind)), new Span(string.Create(CultureInfo.InvariantCulture, $"{group.Count} {Word(group.Kind)}   "))])]);
    }

    private static IEnumerable<(StateKind Kind, int Count)> Groups(IEnumerable<LiveAgentState> agents) => agents
        .Where(agent => agent.Kind != StateKind.LoggedOut)
        .GroupBy(agent => agent.Kind)
        .OrderBy(group => Array.IndexOf(Order, group.Key))
        .Select(group => (group.Key, group.Count()));

    private static IEnumerable<Span> Entry(LiveAgentState agent, Instant now)
    {
        // After a call it does not matter any more which one it was.
        var what = agent.Reason ?? (agent.Kind == StateKind.AfterCallWork ? null : agent.Campaign ?? agent.CallType) ?? "";
        var text = $"{Cut(agent.Agent, AgentWidth)} {Cut(what.Length > 0 ? $"{agent.State}, {what}" : agent.State, StateWidth)} {Length(now - agent.Since),LengthWidth}";
        return [new Span($"{KindLook.Sign(agent.Kind)} ", KindLook.Color(agent.Kind)), new Span(text + new string(' ', Gap))];
    }

    private static string Word(StateKind kind) => kind switch
    {
        StateKind.Call => "on a call",
        StateKind.Hold => "on hold",
        StateKind.Ringing => "ringing",
        StateKind.AfterCallWork => "after a call",
        StateKind.Preview => "previewing",
        StateKind.Voicemail => "on voicemail",
        StateKind.OtherMedia => "in other media",
        StateKind.NotReady => "not ready",
        StateKind.Ready => "ready",
        StateKind.Login => "logging in",
        _ => "unknown",
    };

    private static string Cut(string text, int width) => (text.Length <= width ? text : $"{text[..(width - 1)]}…").PadRight(width);

    /// <summary>3:07, or 1:03:07.</summary>
    private static string Length(Duration length)
    {
        var seconds = Math.Max(0, (long)length.TotalSeconds);
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
