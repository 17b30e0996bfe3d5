using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Queries;

/// <summary>The row that a page begins with, by what its rows are ordered by. If the row is gone by then, the page begins with the one after it.</summary>
internal sealed class Position(params string[] words)
{
    public static Position Parse(string text)
    {
        try
        {
            return new Position(JsonSerializer.Deserialize<string[]>(text) ?? throw NotOurs());
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    /// <exception cref="ApiException">400: it is the position of other rows.</exception>
    public string Text(int index) => index < words.Length && words[index] is { } word ? word : throw NotOurs();

    /// <inheritdoc cref="Text" path="/exception"/>
    public LocalDate Date(int index) => LocalDatePattern.Iso.Parse(Text(index)) is { Success: true } date ? date.Value : throw NotOurs();

    /// <inheritdoc cref="Text" path="/exception"/>
    public Instant Time(int index) => InstantPattern.ExtendedIso.Parse(Text(index)) is { Success: true } time ? time.Value : throw NotOurs();

    /// <inheritdoc cref="Text" path="/exception"/>
    public int Number(int index) => int.TryParse(Text(index), out var number) && number >= 0 ? number : throw NotOurs();

    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Of(Instant time) => InstantPattern.ExtendedIso.Format(time);

    public override string ToString() => JsonSerializer.Serialize(words);

    private static ApiException NotOurs() => Continuation.NotOurs();
}
