using NodaTime;

namespace Five9Functions.Calls;

/// <summary>Which calls a service level is a share of: contact centres disagree, so it is a setting.</summary>
public enum ServiceLevelFormula
{
    /// <summary>answeredWithin / (offered - abandonedShort).</summary>
    OfOffered,

    /// <summary>answeredWithin / (answered + abandoned - abandonedShort).</summary>
    OfAnsweredAndAbandoned,

    /// <summary>(answeredWithin + abandonedWithin) / offered.</summary>
    WithAbandonedWithin,
}

/// <summary>What is worked out on reading, from sums of any length. Null where there is nothing to divide by; in exports, empty.</summary>
public static class QueueMeasures
{
    private static readonly Duration Settled = Duration.FromMinutes(60);

    /// <summary>Average handle time of an answered contact, in seconds.</summary>
    public static decimal? AverageHandleTime(this IntervalFigures figures) => Share(figures.HandleSeconds, figures.Answered);

    /// <summary>Average speed of answer: the wait of an answered contact, in seconds.</summary>
    public static decimal? AverageSpeedOfAnswer(this IntervalFigures figures) => Share(figures.WaitSecondsAnswered, figures.Answered);

    /// <summary>From 0 to 1; short ones do not count.</summary>
    public static decimal? AbandonRate(this IntervalFigures figures) =>
        Share(figures.Abandoned - figures.AbandonedShort, figures.Offered - figures.AbandonedShort);

    /// <summary>From 0 to 1.</summary>
    public static decimal? ServiceLevel(this IntervalFigures figures, ServiceLevelFormula formula) => formula switch
    {
        ServiceLevelFormula.OfOffered => Share(figures.AnsweredWithin, figures.Offered - figures.AbandonedShort),
        ServiceLevelFormula.OfAnsweredAndAbandoned => Share(figures.AnsweredWithin, figures.Answered + figures.Abandoned - figures.AbandonedShort),
        ServiceLevelFormula.WithAbandonedWithin => Share(figures.AnsweredWithin + figures.AbandonedWithin, figures.Offered),
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "This number is no formula of a service level."),
    };

    /// <summary>Whether the figures of an interval can still change much: it was not read again an hour after its end.</summary>
    /// <param name="asOf">When the report was run that told the interval last.</param>
    public static bool IsProvisional(Instant intervalEnd, Instant asOf) => asOf < intervalEnd + Settled;

    private static decimal? Share(long part, long whole) => whole == 0 ? null : (decimal)part / whole;
}
