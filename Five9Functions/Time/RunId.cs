using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Five9Functions.Time;

/// <summary>Names a run by the instant that it stands for, so whoever asks twice for the same slot names the same run.</summary>
public static partial class RunId
{
    /// <summary>
    /// 19 digits that fall as time rises (the ticks of 100 ns that are left until the end of the year 9999): in a table,
    /// newer runs come first. A suffix tells apart runs of one instant.
    /// </summary>
    public static string At(Instant instant, string suffix = "")
    {
        var left = DateTimeOffset.MaxValue.UtcTicks - instant.ToDateTimeOffset().UtcTicks;
        var id = left.ToString("D19", CultureInfo.InvariantCulture);
        return suffix.Length == 0 ? id : $"{id}-{suffix}";
    }

    /// <summary>The instant that an id stands for.</summary>
    public static Instant InstantOf(string id) =>
        Instant.FromDateTimeOffset(new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks - long.Parse(id.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero));

    /// <summary>Whether it can name a run; what a caller sends need not.</summary>
    public static bool IsId(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"\A[0-9]{19}(-[a-z0-9]{1,40})?\z")]
    private static partial Regex Form();
}
