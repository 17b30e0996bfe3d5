using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Time;

/// <summary>Dates and instants as keys write them: they sort as time does.</summary>
internal static class KeyTime
{
    private static readonly InstantPattern Seconds = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'Z'");

    public static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Second(Instant instant) => Seconds.Format(instant);

    public static bool IsSecond(string text) => Seconds.Parse(text).Success;
}
