using Five9Functions.AgentStates;
using Five9Functions.Normalization;
using Five9Functions.Queries;
using NodaTime;

namespace Five9Functions.Api.Queries;

/// <summary>A timeline explained, as JSON: docs/api.md. What is null is left out.</summary>
internal sealed record TimelineExplanationAnswer(
    IReadOnlyList<TimelineExplanationAnswer.SegmentAnswer> Items, IReadOnlyList<TimelineExplanationAnswer.HiddenAnswer> NotShown, IReadOnlyList<TimelineExplanationAnswer.QuarantinedAnswer> Quarantined)
{
    public static TimelineExplanationAnswer Of(Interval window, IReadOnlyList<ExplainedAgentDay> days) => new(
        [.. days.SelectMany(day => day.Day.Segments.Where(s => s.Segment.Start < window.End && s.Segment.End > window.Start).Select(s => Of(day, s)))],
        [.. days.SelectMany(day => day.Day.Hidden.Select(hidden => new HiddenAnswer(day.Own.Id.Date, hidden.Class, Of(hidden.Row), Of(hidden.Rules))))],
        [.. days.SelectMany(day => day.Quarantined.Select(row => new QuarantinedAnswer(day.Own.Id.Date, row.At, row.Line, row.Reason)))]);

    private static SegmentAnswer Of(ExplainedAgentDay day, ExplainedSegment explained)
    {
        var s = explained.Segment;
        return new(
            day.Own.Id.Date,
            s.Agent,
            s.AgentName,
            s.State,
            StateKinds.Word(s.Kind),
            s.ReasonCode,
            s.CallId,
            s.Start,
            s.End,
            (long)(s.End - s.Start).TotalSeconds,
            s.ReportedStart,
            s.ReportedEnd,
            s.Adjusted,
            s.Open,
            s.Open || new ReadTimes(day.Own.Windows).IsProvisional(new Interval(s.Start, s.End)),
            [.. s.AlsoActive.Select(StateKinds.Word)],
            s.ContinuesFromPreviousDay,
            s.ContinuesOnNextDay,
            [.. explained.Rows.Select(Of)],
            Of(explained.Rules));
    }

    private static RowAnswer Of(ReportedState row) => new(row.State, row.ReasonCode, row.CallId, row.Start, row.End, row.AsOf);

    private static IReadOnlyList<RuleAnswer> Of(IReadOnlyList<AppliedRule> rules) => [.. rules.Select(rule => new RuleAnswer(rule.Rule, rule.At, rule.By is { } by ? Of(by) : null, rule.Because))];

    internal sealed record SegmentAnswer(
        LocalDate Date,
        string Agent,
        string AgentName,
        string State,
        string Kind,
        string ReasonCode,
        string CallId,
        Instant Start,
        Instant End,
        long DurationSeconds,
        Instant ReportedStart,
        Instant? ReportedEnd,
        bool Adjusted,
        bool Open,
        bool Provisional,
        IReadOnlyList<string> AlsoActive,
        bool ContinuesFromPreviousDay,
        bool ContinuesOnNextDay,
        IReadOnlyList<RowAnswer> Rows,
        IReadOnlyList<RuleAnswer> Rules);

    internal sealed record RowAnswer(string State, string ReasonCode, string CallId, Instant Start, Instant? End, Instant AsOf);

    internal sealed record RuleAnswer(TimelineRule Rule, Instant? At, RowAnswer? By, YieldReason? Because);

    internal sealed record HiddenAnswer(LocalDate Date, HiddenClass Class, RowAnswer Row, IReadOnlyList<RuleAnswer> Rules);

    internal sealed record QuarantinedAnswer(LocalDate Date, Instant At, int Line, string Reason);
}
