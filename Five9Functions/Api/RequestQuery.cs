using System.Globalization;
using Five9Functions.Problems;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>The query of a request: only names that are known, each once, each value bounded.</summary>
internal sealed class RequestQuery
{
    private const int MaxLength = 512;

    // The function key may stand there.
    private const string Key = "code";

    private readonly IQueryCollection _query;

    /// <exception cref="ApiException">400: a name is not known, or is there twice, or its value is too long.</exception>
    public RequestQuery(HttpRequest request, params string[] names)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (!names.Append(Key).Contains(name, StringComparer.Ordinal))
            {
                throw Wrong(Bounded(name), names.Length == 0 ? "This request takes no parameters." : $"'{Bounded(name)}' is no parameter of this request; there are: {string.Join(", ", names)}.");
            }

            if (values.Count > 1)
            {
                throw Wrong(name, $"{name} is given {values.Count} times; give it once.");
            }

            if (values.ToString().Length > MaxLength && name != Key)
            {
                throw Wrong(name, $"{name} is longer than {MaxLength} characters.");
            }
        }
    }

    /// <summary>Null when it is not there or empty.</summary>
    public string? Text(string name) => _query[name].ToString() is { Length: > 0 } text ? text : null;

    public bool Flag(string name, bool otherwise = false) => Text(name) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw Wrong(name, $"{name} must be true or false."),
    };

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"{name} must be a whole number from {least} to {most}.");
    }

    /// <summary>One of some words.</summary>
    public string? Word(string name, params string[] words) =>
        Text(name) is not { } text ? null : words.Contains(text, StringComparer.Ordinal) ? text : throw Wrong(name, $"{name} must be {string.Join(" or ", words)}.");

    /// <summary>From and to, both needed: instants with an offset, or local dates, which begin at their first instant in the zone.</summary>
    /// <param name="mostDays">The longest window.</param>
    public Interval Window(DateTimeZone zone, int mostDays)
    {
        var (from, to) = (Instant("from", zone), Instant("to", zone));
        if (from >= to)
        {
            throw Wrong("to", "to must be later than from: the window is from (inclusive) to to (exclusive).");
        }

        // Local days can be an hour longer.
        return to - from <= Duration.FromDays(mostDays) + Duration.FromHours(1)
            ? new Interval(from, to)
            : throw Wrong("to", $"The window is longer than {mostDays} days: ask for a part at a time.");
    }

    private Instant Instant(string name, DateTimeZone zone)
    {
        if (Text(name) is not { } text)
        {
            throw Wrong(name, $"{name} is missing: give an instant such as 2026-11-02T08:00:00Z, or a date such as 2026-11-02 in the integration's zone.");
        }

        return InstantText.Parse(text, zone) ?? throw Wrong(name, $"{name} must be an instant such as 2026-11-02T08:00:00Z (a + in it is written as %2B), or a date such as 2026-11-02 in the integration's zone.");
    }

    private static ApiException Wrong(string field, string detail) => ApiException.Invalid([new FieldError(field, detail)]);

    private static string Bounded(string name) => PlainText.Escape(name.Length <= 40 ? name : name[..40] + "...");
}
