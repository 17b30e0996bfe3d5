using System.Text.Json;
using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Api.Adherence;

/// <summary>An activity that states stand for.</summary>
internal sealed record ActivityBody(string? Name, ActivityType? Type);

/// <summary>What a state, or all states of a kind, stand for.</summary>
internal sealed record StateBody(string? State, string? Reason, string? Kind, string? Activity);

/// <summary>What satisfies a scheduled activity.</summary>
internal sealed record MatchBody(string? Scheduled, IReadOnlyList<string?>? Accepts);

/// <summary>Seconds.</summary>
internal sealed record TolerancesBody(int? NotPresent, int? Wrong, int? NotScheduled);

/// <summary>What adherence is judged by, as a caller sends it. What is left out is as by default; what an answer has besides may be sent back and counts for nothing.</summary>
internal sealed record ActivitiesBody
{
    private const int MaxActivities = 200;
    private const int MaxStates = 500;
    private const int MaxMatches = 200;
    private const int MaxAccepted = 50;
    private const int MaxName = 100;
    private const int MaxReason = 200;

    public IReadOnlyList<ActivityBody?>? Activities { get; init; }

    public IReadOnlyList<StateBody?>? States { get; init; }

    public IReadOnlyList<MatchBody?>? Matches { get; init; }

    public ParallelStates? Parallel { get; init; }

    public TolerancesBody? Tolerances { get; init; }

    // Of an answer.
    public JsonElement? Version { get; init; }

    public JsonElement? Unmapped { get; init; }

    /// <exception cref="ApiException">400: some values cannot be.</exception>
    public ActivityRules ToRules()
    {
        var errors = new List<FieldError>();
        var rules = new ActivityRules(
            [.. Each(Activities, "activities", MaxActivities, errors).Select(a => Activity(a.Item, a.At, errors))],
            [.. Each(States, "states", MaxStates, errors).Select(s => State(s.Item, s.At, errors))],
            [.. Each(Matches, "matches", MaxMatches, errors).Select(m => Match(m.Item, m.At, errors))],
            Parallel ?? ParallelStates.Visible,
            new(
                Seconds(Tolerances?.NotPresent, "tolerances.notPresent", errors),
                Seconds(Tolerances?.Wrong, "tolerances.wrong", errors),
                Seconds(Tolerances?.NotScheduled, "tolerances.notScheduled", errors)));
        errors.AddRange(Contradictions(rules));
        return errors.Count == 0 ? rules : throw ApiException.Invalid(errors);
    }

    private static IEnumerable<(T Item, string At)> Each<T>(IReadOnlyList<T?>? items, string name, int most, List<FieldError> errors)
        where T : class
    {
        if (items?.Count > most)
        {
            errors.Add(new(name, $"{name} has {items.Count} items; {most} at most can be."));
            return [];
        }

        return (items ?? []).Select((item, i) => (item ?? throw ApiException.Invalid([new FieldError($"{name}.{i}", $"{name}.{i} is null: send an object.")]), $"{name}.{i}"));
    }

    private static KnownActivity Activity(ActivityBody body, string at, List<FieldError> errors)
    {
        if (body.Type is null)
        {
            errors.Add(new($"{at}.type", $"{at}.type is missing: work, meeting, training, break, holiday or illness."));
        }

        return new(Name(body.Name, $"{at}.name", MaxName, errors), body.Type ?? default);
    }

    private static StateActivity State(StateBody body, string at, List<FieldError> errors)
    {
        var activity = Name(body.Activity, $"{at}.activity", MaxName, errors);
        if ((body.State is null) == (body.Kind is null) || (body.Reason is not null && body.State is null))
        {
            errors.Add(new(at, $"{at} must have a state, with or without a reason, or else a kind."));
            return new(activity, "", null, null);
        }

        if (body.Kind is not null)
        {
            var kind = Enum.GetValues<StateKind>().FirstOrDefault(kind => StateKinds.Word(kind) == body.Kind);
            if (kind is 0 or StateKind.LoggedOut)
            {
                errors.Add(new($"{at}.kind", $"{at}.kind must be one of docs/overlap-rules.md, and not loggedOut: who is logged out does nothing."));
                return new(activity, "", null, null);
            }

            return new(activity, null, null, kind);
        }

        var (name, ofKind) = StateNames.Read(Name(body.State, $"{at}.state", MaxName, errors));
        if (ofKind == StateKind.LoggedOut)
        {
            errors.Add(new($"{at}.state", $"{at}.state is {name}: who is logged out does nothing."));
        }

        if (body.Reason is { Length: > 0 } reason)
        {
            Name(reason, $"{at}.reason", MaxReason, errors);
        }

        return new(activity, name, body.Reason?.Trim(), null);
    }

    private static ActivityMatch Match(MatchBody body, string at, List<FieldError> errors)
    {
        if (body.Accepts is not { Count: > 0 and <= MaxAccepted })
        {
            errors.Add(new($"{at}.accepts", $"{at}.accepts must name 1 to {MaxAccepted} activities."));
        }

        return new(
            Name(body.Scheduled, $"{at}.scheduled", MaxName, errors),
            [.. (body.Accepts ?? []).Take(MaxAccepted).Select((name, i) => Name(name, $"{at}.accepts.{i}", MaxName, errors)).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<FieldError> Contradictions(ActivityRules rules)
    {
        var names = rules.Activities.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        var twice = Twice(rules.Activities.Select(a => a.Name), "activities", name => $"The activity '{name}'")
            .Concat(Twice(rules.States.Select(s => s.Kind is { } kind ? $"kind {StateKinds.Word(kind)}" : $"{s.State}{(s.Reason is null ? "" : $" / {s.Reason}")}".ToUpperInvariant()), "states", name => $"'{name}'"))
            .Concat(Twice(rules.Matches.Select(m => m.Scheduled), "matches", name => $"The scheduled activity '{name}'"));
        var unknown = rules.States.Select((s, i) => ($"states.{i}.activity", s.Activity))
            .Concat(rules.Matches.SelectMany((m, i) => m.Accepts.Select(name => ($"matches.{i}.accepts", name))))
            .Where(named => named.Item2.Length > 0 && !names.Contains(named.Item2))
            .Select(named => new FieldError(named.Item1, $"'{named.Item2}' is none of the activities: add it to activities, with its type."));
        return [.. twice, .. unknown];
    }

    private static IEnumerable<FieldError> Twice(IEnumerable<string> names, string field, Func<string, string> what) =>
        names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => new FieldError(field, $"{what(same.Key)} is there twice; say once what it is."));

    private static string Name(string? text, string field, int longest, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl))
        {
            errors.Add(new(field, $"{field} must have 1 to {longest} characters and none that controls."));
            return "";
        }

        if (!PlainText.IsPlain(text))
        {
            errors.Add(new(field, $"{field} must not hold {PlainText.Refused}."));
            return "";
        }

        return text.Trim();
    }

    private static Duration Seconds(int? seconds, string field, List<FieldError> errors)
    {
        var most = (int)Five9Functions.Adherence.Tolerances.Max.TotalSeconds;
        if (seconds is < 0 || seconds > most)
        {
            errors.Add(new(field, $"{field} is {seconds}; it must be between 0 and {most} seconds."));
            return Duration.Zero;
        }

        return Duration.FromSeconds(seconds ?? 0);
    }
}
