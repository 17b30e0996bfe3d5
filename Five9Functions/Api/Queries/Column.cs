using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Queries;

/// <summary>A column of an answer's rows: a member of each item in JSON, a field of each line in CSV. So both say the same.</summary>
/// <param name="Name">In camelCase.</param>
/// <param name="Json">Writes the member; nothing where there is no value.</param>
/// <param name="Csv">The field; empty where there is no value.</param>
internal sealed record Column<T>(string Name, Action<Utf8JsonWriter, T> Json, Func<T, string> Csv);

/// <summary>The kinds of columns. A value that is null is left out in JSON and empty in CSV.</summary>
internal static class Column
{
    public static Column<T> Text<T>(string name, Func<T, string?> value) => Of(name, value, (json, text) => json.WriteString(name, text), text => text);

    public static Column<T> Number<T>(string name, Func<T, long?> value) =>
        Of<T, long?>(name, value, (json, number) => json.WriteNumber(name, number!.Value), number => number!.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Rounded half up, without zeros at its end.</summary>
    public static Column<T> Decimal<T>(string name, int places, Func<T, decimal?> value) =>
        Of<T, decimal?>(name, row => Rounded(value(row), places), (json, number) => json.WriteNumber(name, number!.Value), number => number!.Value.ToString(CultureInfo.InvariantCulture));

    public static Column<T> Flag<T>(string name, Func<T, bool?> value) =>
        Of<T, bool?>(name, value, (json, flag) => json.WriteBoolean(name, flag!.Value), flag => flag!.Value ? "true" : "false");

    public static Column<T> Time<T>(string name, Func<T, Instant?> value) => Text<T>(name, row => value(row) is { } time ? InstantPattern.ExtendedIso.Format(time) : null);

    public static Column<T> Date<T>(string name, Func<T, LocalDate> value) => Text<T>(name, row => LocalDatePattern.Iso.Format(value(row)));

    /// <summary>An array in JSON, words with commas between them in CSV.</summary>
    public static Column<T> Words<T>(string name, Func<T, IReadOnlyList<string>> value) => Of(name, value, (json, words) => Write(json, name, words), words => string.Join(',', words));

    /// <summary>Windows as <c>{"from":...,"to":...}</c> in JSON; in CSV with a slash inside each (ISO 8601) and blanks between them.</summary>
    public static Column<T> Windows<T>(string name, Func<T, IReadOnlyList<Interval>> value) =>
        Of(name, value, (json, windows) => Write(json, name, windows), windows => string.Join(' ', windows.Select(window => $"{Text(window.Start)}/{Text(window.End)}")));

    private static Column<T> Of<T, TValue>(string name, Func<T, TValue?> value, Action<Utf8JsonWriter, TValue> json, Func<TValue, string> csv) => new(
        name,
        (writer, row) =>
        {
            if (value(row) is { } given)
            {
                json(writer, given);
            }
        },
        row => value(row) is { } given ? csv(given) : "");

    private static decimal? Rounded(decimal? value, int places) =>
        value is { } number ? Math.Round(number, places, MidpointRounding.AwayFromZero) / 1.0000000000000000000000000000m : null;

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Interval> windows)
    {
        json.WriteStartArray(name);
        foreach (var window in windows)
        {
            json.WriteStartObject();
            json.WriteString("from", Text(window.Start));
            json.WriteString("to", Text(window.End));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
