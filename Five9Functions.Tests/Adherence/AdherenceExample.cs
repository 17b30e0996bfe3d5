using Five9Functions.Adherence;
using Five9Functions.AgentStates;

namespace Five9Functions.Tests.Adherence;

/// <summary>
/// The worked example of docs/adherence.md: a shift in Los Angeles from 31 October 22:00 to 1 November 2026 06:00, nine hours because the
/// clocks go back; midnight there is 07:00 in UTC.
/// </summary>
internal static class AdherenceExample
{
    public const string Scheduled = "05:00-10:30 Phone, 10:30-11:00 Break/break, 11:00-14:00 Phone";

    public const string States =
        "05:00:50-05:01:20 Not Ready/Not Ready, 05:01:20-06:55 Ready, 06:55-07:05 Not Ready/Lunch, 07:05-10:29:30 Inbound, "
        + "10:29:30-10:58 Not Ready/Lunch, 10:58-12:00 Ready, 12:15-13:40 Ready, 13:40-15:00 Logout, 15:00-15:10 Inbound";

    public const string Known = "00:00-12:00, 12:15-24:00";

    public static AgentActivity Agent => AdherenceText.Agent(Scheduled, States, Known);

    public static ActivityRules Rules => new(
        [new("Phone", ActivityType.Work), new("Break", ActivityType.Break)],
        [new("Phone", "Ready", null, null), new("Phone", null, null, StateKind.Call), new("Break", "not_ready", "Lunch", null)],
        [],
        ParallelStates.Visible,
        AdherenceText.Tolerate(notPresent: 120, wrong: 60));
}
