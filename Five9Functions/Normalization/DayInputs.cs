using System.Globalization;
using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>What is derived for a local day follows from these raw days and settings.</summary>
/// <param name="Own">The day itself.</param>
/// <param name="Days">Those whose rows count, by date.</param>
public sealed record DayInputs(RawDayHeader Own, IReadOnlyList<RawDayHeader> Days)
{
    /// <summary>The version of the rules in the code.</summary>
    public int Rules { get; init; } = AgentTimeline.RulesVersion;

    /// <summary>The settings of the integration that count, as <see cref="CallSettings"/> writes them; empty where none does.</summary>
    public string Settings { get; init; } = "";

    /// <summary>A part of the day was told by a report that lacks what the settings need, so nothing is derived until it is read again.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Other days around it whose raw days cannot be read, or do not yet hold again what they held: in order.</summary>
    public IReadOnlyList<LocalDate> Gaps { get; init; } = [];

    public IReadOnlyDictionary<LocalDate, long> Versions { get; } = Days.ToDictionary(d => d.Id.Date, d => d.Version);

    /// <summary>
    /// Whether a day was derived from just this. One that follows from a raw day that is not kept any more stays as it is, whatever the
    /// rules and settings are by now: without that raw day it would lose what reaches into it. Only other rows of its own have it derived again.
    /// </summary>
    /// <param name="firstKept">The first local date that is kept; null when all are.</param>
    public bool SameAs(ReportDay day, LocalDate? firstKept = null)
    {
        var (then, now) = (Kept(day.Inputs), Kept(Versions));
        return ((day.Rules == Rules && day.Settings == Settings) || RetentionRules.IsAtTheEdge(day.Inputs.Keys, firstKept))
            && then.Count == now.Count && now.All(v => then.GetValueOrDefault(v.Key) == v.Value);

        Dictionary<LocalDate, long> Kept(IReadOnlyDictionary<LocalDate, long> versions) => versions.Where(v => !(v.Key < firstKept)).ToDictionary();
    }

    internal static IReadOnlyList<LocalDate> GapsOf(RawDayId id, IEnumerable<RawDayHeader> around, IEnumerable<LocalDate>? without) =>
        [.. around.Where(h => h.Awaited.Count > 0 && h.Id.Date != id.Date).Select(h => h.Id.Date).Concat(without ?? []).Order()];

    /// <summary>As the manifests store it. Of an incomplete day no setting is named, so that no reader takes it for one of theirs.</summary>
    public override string ToString() => string.Join(';', (string[])
    [
        string.Create(CultureInfo.InvariantCulture, $"rules={Rules}"),
        .. Incomplete ? ["incomplete"] : Settings.Split(';', StringSplitOptions.RemoveEmptyEntries),
        .. Days.Select(d => string.Create(CultureInfo.InvariantCulture, $"{TableColumns.Text(d.Id.Date)}={d.Version}")),
    ]);
}
