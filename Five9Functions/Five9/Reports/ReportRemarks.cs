using System.Text.Json;
using System.Text.Json.Serialization;
using Five9Functions.Calls;

namespace Five9Functions.Five9.Reports;

/// <summary>What a person should look at in the rows of one result, besides what could not be read.</summary>
public sealed record ReportRemarks
{
    public static readonly ReportRemarks None = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Logins that differ from another one in upper and lower case alone: they are different agents.</summary>
    public int LoginsThatDifferInCase { get; init; }

    /// <summary>Legs that equal another one in CALL ID, TIMESTAMP, CALL TYPE and AGENT, but not in the rest.</summary>
    public int LegsThatDiffer { get; init; }

    /// <summary>Words in brackets other than [None] that were read as none.</summary>
    public IReadOnlyList<string> ReadAsNone { get; init; } = [];

    /// <summary>Words in brackets that are no known word for none, and stay as they are.</summary>
    public IReadOnlyList<string> KeptInBrackets { get; init; } = [];

    /// <summary>Call types that are not known; by name, the first <see cref="UnknownCallType.MaxNames"/>.</summary>
    public IReadOnlyList<UnknownCallType> UnknownCallTypes { get; init; } = [];

    /// <summary>Empty when there is nothing to say.</summary>
    public string ToJson() => IsNone ? "" : JsonSerializer.Serialize(this, Json);

    /// <exception cref="FormatException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static ReportRemarks FromJson(string text)
    {
        try
        {
            return text.Length == 0 ? None : JsonSerializer.Deserialize<ReportRemarks>(text, Json) ?? None;
        }
        catch (JsonException e)
        {
            throw new FormatException("The remarks are not the JSON that the app writes.", e);
        }
    }

    /// <summary>Those of both results. Of logins the larger number: the same ones are in both, mostly.</summary>
    public static ReportRemarks operator +(ReportRemarks left, ReportRemarks right) => left.IsNone ? right : right.IsNone ? left : new()
    {
        LoginsThatDifferInCase = Math.Max(left.LoginsThatDifferInCase, right.LoginsThatDifferInCase),
        LegsThatDiffer = left.LegsThatDiffer + right.LegsThatDiffer,
        ReadAsNone = Names(left.ReadAsNone, right.ReadAsNone),
        KeptInBrackets = Names(left.KeptInBrackets, right.KeptInBrackets),
        UnknownCallTypes =
        [
            .. left.UnknownCallTypes.Concat(right.UnknownCallTypes)
                .GroupBy(type => type.Name)
                .Select(type => new UnknownCallType(type.Key, type.Sum(t => t.Rows), type.Sum(t => t.Seconds)))
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Take(UnknownCallType.MaxNames),
        ],
    };

    private bool IsNone => LoginsThatDifferInCase == 0 && LegsThatDiffer == 0 && ReadAsNone.Count == 0 && KeptInBrackets.Count == 0 && UnknownCallTypes.Count == 0;

    private static IReadOnlyList<string> Names(IEnumerable<string> left, IEnumerable<string> right) => [.. left.Concat(right).Distinct().Order(StringComparer.Ordinal).Take(UnknownCallType.MaxNames)];
}
