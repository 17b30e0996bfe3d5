using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>What a person sends to have a period imported again.</summary>
internal sealed record ImportBody
{
    /// <summary>Inclusive; as in a query.</summary>
    public required string From { get; init; }

    /// <summary>Exclusive.</summary>
    public required string To { get; init; }

    public IReadOnlyList<string>? Reports { get; init; }

    public bool Force { get; init; }

    public bool DryRun { get; init; }

    public ImportSource Source { get; init; }

    /// <exception cref="ApiException">400: each value that cannot be is named.</exception>
    public ManualImport ToImport(Integration integration, Instant now)
    {
        var errors = new List<FieldError>();
        var window = Window(integration, now, errors);
        foreach (var report in Reports ?? [])
        {
            if (!integration.Imports(report))
            {
                errors.Add(new("reports", $"'{Bounded(report)}' is no report that this integration imports; it imports {integration.Reports.Replace(",", " and ", StringComparison.Ordinal)}."));
                break;
            }
        }

        if (Reports is { Count: 0 })
        {
            errors.Add(new("reports", "reports is empty: name at least one, or leave it out for all that the integration imports."));
        }

        if (Force && Source == ImportSource.Raw)
        {
            errors.Add(new("force", "force is for what Five9 says; with source raw nothing is read from it."));
        }

        return errors.Count == 0 ? new ManualImport(window, Reports?.Distinct().Order(StringComparer.Ordinal).ToList(), Force, DryRun, Source) : throw ApiException.Invalid(errors);
    }

    private Interval Window(Integration integration, Instant now, List<FieldError> errors)
    {
        var zone = integration.DateTimeZone;
        var (start, end) = (Instant("from", From, zone, errors), Instant("to", To, zone, errors));
        if (start is not { } from || end is not { } to)
        {
            return default;
        }

        var earliest = AllowedHistory.Start(integration, now);
        if (from >= to)
        {
            errors.Add(new("to", "to must be later than from: the window is from (inclusive) to to (exclusive)."));
        }
        else if (to > now)
        {
            errors.Add(new("to", $"to is in the future: nothing can be read later than now, {now.WholeSecond()}."));
        }
        else if (from < earliest)
        {
            errors.Add(new("from", $"from is longer ago than {AllowedHistory.DaysOf(integration)} days, the history that is allowed: it must be {earliest} or later."));
        }

        return errors.Count == 0 ? new Interval(from, to) : default;
    }

    private static Instant? Instant(string field, string text, DateTimeZone zone, List<FieldError> errors)
    {
        if (InstantText.Parse(text, zone) is { } instant && instant == instant.WholeSecond())
        {
            return instant;
        }

        errors.Add(new(field, $"{field} must be an instant of a whole second such as 2026-11-02T08:00:00Z, or a date such as 2026-11-02 in the integration's zone."));
        return null;
    }

    private static string Bounded(string text) => PlainText.Escape(text.Length <= 40 ? text : text[..40] + "...");
}
