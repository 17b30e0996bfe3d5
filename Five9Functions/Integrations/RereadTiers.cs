using System.Globalization;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>Parts of the last <paramref name="Back"/> that were last read <paramref name="Every"/> ago are read again: Five9 corrects rows.</summary>
/// <param name="Back">Whole hours.</param>
/// <param name="Every">Whole minutes.</param>
public sealed record RereadTier(Duration Back, Duration Every);

/// <summary>
/// The setting Tiers: how old corrections may get before they are seen, the nearest past first. Written as hours and minutes,
/// <c>24:60,192:1440</c>; what means the same is the same.
/// </summary>
public sealed record RereadTiers
{
    /// <summary>The last 24 hours every hour, the last 8 days every day.</summary>
    public const string DefaultText = "24:60,192:1440";

    private const int Max = 4;
    private const int MinHours = 3;
    private const int MaxHours = 744;
    private const int MaxMinutes = 10_080;

    private readonly string _text;

    private RereadTiers(string text) => _text = text;

    public static RereadTiers Default { get; } = new(DefaultText);

    /// <summary>None to four, each reaching further back than the one before and read less often.</summary>
    public IReadOnlyList<RereadTier> List => [.. Numbers(_text)!.Select(tier => new RereadTier(Duration.FromHours(tier.Hours), Duration.FromMinutes(tier.Minutes)))];

    /// <exception cref="FormatException">It is no such text.</exception>
    public static RereadTiers Parse(string text) =>
        Numbers(text) is { } tiers ? new RereadTiers(Text(tiers)) : throw new FormatException($"'{text}' are no tiers such as {DefaultText}.");

    /// <summary>The text of hours and minutes.</summary>
    public static string Text(IEnumerable<(int Hours, int Minutes)> tiers) =>
        string.Join(',', tiers.Select(tier => string.Create(CultureInfo.InvariantCulture, $"{tier.Hours}:{tier.Minutes}")));

    /// <summary>Whether it can be a setting. The default always can, however rarely anything is read.</summary>
    public static bool IsValid(string text, int scheduleMinutes) =>
        Numbers(text) is { Length: <= Max } tiers
        && (Text(tiers) == DefaultText || tiers.All(tier => tier.Minutes >= scheduleMinutes))
        && tiers.All(tier => tier is { Hours: >= MinHours and <= MaxHours, Minutes: > 0 and <= MaxMinutes })
        && tiers.Zip(tiers.Skip(1)).All(pair => pair.First.Hours < pair.Second.Hours && pair.First.Minutes < pair.Second.Minutes);

    public override string ToString() => _text;

    private static (int Hours, int Minutes)[]? Numbers(string text)
    {
        var tiers = new List<(int, int)>();
        foreach (var tier in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (tier.Split(':', StringSplitOptions.TrimEntries) is not [var hours, var minutes]
                || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var back)
                || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var every))
            {
                return null;
            }

            tiers.Add((back, every));
        }

        return [.. tiers];
    }
}
