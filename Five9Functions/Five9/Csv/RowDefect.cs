namespace Five9Functions.Five9.Csv;

/// <summary>Why a record of a report is quarantined.</summary>
/// <param name="Reason">In words for a person, with the column and without values of the record: it is stored with the record.</param>
internal sealed record RowDefect(string Reason)
{
    public const string NoAgent = "no agent";
    public const string DeletedAgentWithoutId = "a deleted agent without an AGENT ID";

    private const string Negative = "the duration is negative";
    private const string TooLong = "the duration is over ";
    private const string LongValue = "a value of over";

    /// <summary>The column whose value cannot be read; null where the shape of the record is broken, or a rule refuses it.</summary>
    public string? Column { get; private init; }

    /// <summary>The value of <see cref="Column"/>, as reported.</summary>
    public string Value { get; private init; } = "";

    /// <summary>What a value of <see cref="Column"/> must look like.</summary>
    public string Expected { get; private init; } = "";

    /// <summary>The start can be read as soon as the order of day and month is known.</summary>
    public bool IsDateInDoubt { get; private init; }

    /// <summary>The id has lost its last digits, so that no other row of the same report can be trusted to be of another call.</summary>
    public bool IsRoundedId { get; private init; }

    /// <summary>A start, length, flag or id that cannot be read.</summary>
    /// <param name="reason">Without the column: "the duration cannot be read".</param>
    public static RowDefect Unreadable(string reason, string column, string value, string expected) =>
        new($"{reason} ({column})") { Column = column, Value = value, Expected = expected };

    /// <summary>A row that names nothing to group it by.</summary>
    public static RowDefect NoId(string column, string expected) => new($"no {column}") { Column = column, Expected = expected };

    public static RowDefect NegativeDuration(string column) => new($"{Negative} ({column})");

    public static RowDefect Over168Hours(string column) => TooManyHours(column, 168);

    public static RowDefect TooManyHours(string column, int max) => new($"{TooLong}{max} hours ({column})");

    /// <summary>A start whose year stands last, where no order of day and month is set.</summary>
    public static RowDefect DateInDoubt(string reason, string column, string value, string expected) =>
        Unreadable(reason, column, value, $"{expected}, unless the setting DateOrder says dmy or mdy") with { IsDateInDoubt = true };

    /// <summary>An id in scientific notation.</summary>
    public static RowDefect RoundedId(string column, string value) =>
        new($"a spreadsheet rounded the id ({column})") { Column = column, Value = value, Expected = "300000010270761, with all digits: export it again, or import the column as text", IsRoundedId = true };

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
