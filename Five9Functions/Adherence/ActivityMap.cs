using Five9Functions.AgentStates;

namespace Five9Functions.Adherence;

/// <summary>
/// Looks up what a state stands for and what satisfies a scheduled activity. Of what is told of a state, that with its reason code goes
/// before that without one, and that before the one of its kind. Names of states and reason codes are compared without regard to case, as
/// reports and the live feed may write them; names of activities exactly.
/// </summary>
internal sealed class ActivityMap
{
    private readonly Dictionary<(string State, string Reason), string> _reasons = new(IgnoreCase.Instance);
    private readonly Dictionary<string, string> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<StateKind, string> _kinds = [];
    private readonly Dictionary<StateKind, string?> _agreed = [];
    private readonly Dictionary<string, ActivityType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _matches = new(StringComparer.Ordinal);

    public ActivityMap(ActivityRules rules)
    {
        Rules = rules;
        foreach (var mapped in rules.States)
        {
            if (mapped.State is null)
            {
                _kinds[mapped.Kind!.Value] = mapped.Activity;
                continue;
            }

            var (name, kind) = StateNames.Read(mapped.State);
            _agreed[kind] = !_agreed.TryGetValue(kind, out var other) || other == mapped.Activity ? mapped.Activity : null;
            if (mapped.Reason is null)
            {
                _states[name] = mapped.Activity;
            }
            else
            {
                _reasons[(name, mapped.Reason)] = mapped.Activity;
            }
        }

        foreach (var activity in rules.Activities)
        {
            _types[activity.Name] = activity.Type;
        }

        foreach (var match in rules.Matches)
        {
            _matches[match.Scheduled] = new HashSet<string>(match.Accepts, StringComparer.Ordinal);
        }
    }

    public ActivityRules Rules { get; }

    /// <summary>The activity; null for a state that is not mapped.</summary>
    public string? ActivityOf(ActualState state) =>
        _reasons.TryGetValue((state.State, state.Reason), out var activity) || _states.TryGetValue(state.State, out activity) || _kinds.TryGetValue(state.Kind, out activity) ? activity : null;

    public bool IsWork(string? activity) => activity is not null && _types.TryGetValue(activity, out var type) && type == ActivityType.Work;

    /// <summary>Whether what an agent does satisfies what is scheduled.</summary>
    /// <param name="activity">What <paramref name="state"/> stands for.</param>
    public bool Satisfies(ScheduledActivity scheduled, ActualState state, string? activity) =>
        Accepts(scheduled.Activity, activity)
        || (Rules.Parallel == ParallelStates.Any && state.AlsoActive.Any(kind => Accepts(scheduled.Activity, ActivityOf(kind))));

    // Without a word about it, a scheduled activity is satisfied by the actual one of its name.
    private bool Accepts(string scheduled, string? activity) =>
        activity is not null && (_matches.TryGetValue(scheduled, out var accepted) ? accepted.Contains(activity) : scheduled == activity);

    // Of a state under the visible one only the kind is known: it stands for an activity if all that is told of its kind says the same.
    private string? ActivityOf(StateKind kind) => _kinds.TryGetValue(kind, out var activity) ? activity : _agreed.GetValueOrDefault(kind);

    private sealed class IgnoreCase : IEqualityComparer<(string State, string Reason)>
    {
        public static readonly IgnoreCase Instance = new();

        public bool Equals((string State, string Reason) x, (string State, string Reason) y) =>
            x.State.Equals(y.State, StringComparison.OrdinalIgnoreCase) && x.Reason.Equals(y.Reason, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string State, string Reason) obj) =>
            HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(obj.State), StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Reason));
    }
}
