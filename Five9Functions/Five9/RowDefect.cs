namespace Five9Functions.Five9;

/// <summary>Why a record of a report is quarantined.</summary>
/// <param name="Reason">In words for a person, with the column and without values of the record: it is stored with the record.</param>
internal sealed record RowDefect(string Reason)
{
    public const string NoAgent = "no agent";
    public const string DeletedAgentWithoutId = "a deleted agent without an AGENT ID";

    private const string Negative = "the duration is negative";
    private const string TooLong = "the duration is over 168 hours";
    private const string LongValue = "a value of over";

    /// <summary>The column whose value cannot be read; null where the shape of the record is broken, or a rule refuses it.</summary>
    public string? Column { get; private init; }

    /// <summary>The value of <see cref="Column"/>, as reported.</summary>
    public string Value { get; private init; } = "";

    /// <summary>What a value of <see cref="Column"/> must look like.</summary>
    public string Expected { get; private init; } = "";

    /// <summary>A start, length, flag or id that cannot be read.</summary>
    /// <param name="reason">Without the column: "the duration cannot be read".</param>
    public static RowDefect Unreadable(string reason, string column, string value, string expected) =>
        new($"{reason} ({column})") { Column = column, Value = value, Expected = expected };

    /// <summary>A row that names nothing to group it by.</summary>
    public static RowDefect NoId(string column, string expected) => new($"no {column}") { Column = column, Expected = expected };

    public static RowDefect NegativeDuration(string column) => new($"{Negative} ({column})");

    public static RowDefect Over168Hours(string column) => new($"{TooLong} ({column})");

    /// <summary>A value that storage cannot hold.</summary>
    /// <param name="longest">In UTF-16 units.</param>
    public static RowDefect ValueTooLong(string column, int longest) => new($"{LongValue} {longest} characters ({column})");

    /// <summary>
    /// Whether the record was understood and a rule refused it. All others are unreadable: their shape, start, length, flag or id could not
    /// be read, so what they said is not known, and they replace nothing.
    /// </summary>
    /// <param name="reason">Of a defect of this or of an earlier version.</param>
    public static bool IsRefusal(string reason) =>
        reason is NoAgent or DeletedAgentWithoutId
        || reason.StartsWith(Negative, StringComparison.Ordinal)
        || reason.StartsWith(TooLong, StringComparison.Ordinal)
        || reason.StartsWith(LongValue, StringComparison.Ordinal);
}
