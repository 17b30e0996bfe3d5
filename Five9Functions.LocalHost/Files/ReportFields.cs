using System.Text;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.LocalHost.Files;

/// <summary>
/// The times of a file's records, read as the importer will read them: a start that only one of the two could read would be served
/// in one window and looked for in another.
/// </summary>
internal static class ReportFields
{
    /// <summary>A valid state is no longer than this.</summary>
    private const int MaxHours = 168;

    private const int RoomForTime = 64;

    /// <summary>DATE and TIME, as in the agent-state report.</summary>
    public static ReportedTime? DateAndTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> time, DateOrder? order) =>
        ReportTime.TryParse(Text(date, stackalloc char[RoomForTime]), Text(time, stackalloc char[RoomForTime]), order, out var reported) ? reported : null;

    /// <summary>TIMESTAMP, as in the call log.</summary>
    public static ReportedTime? Timestamp(ReadOnlySpan<byte> timestamp, DateOrder? order) =>
        ReportTime.TryParse(Text(timestamp, stackalloc char[RoomForTime]), order, out var reported) ? reported : null;

    /// <summary>Whole seconds; null when there is no length, or none that a state can have.</summary>
    public static long? Seconds(ReadOnlySpan<byte> length) =>
        ReportDuration.Read(Text(length, stackalloc char[RoomForTime]), out var duration) == ReportDurationKind.Value && duration <= Duration.FromHours(MaxHours)
            ? (long)duration.TotalSeconds
            : null;

    private static ReadOnlySpan<char> Text(ReadOnlySpan<byte> field, Span<char> room)
    {
        var text = field.Length <= room.Length ? room : new char[field.Length];
        text = text[..Encoding.UTF8.GetChars(field, text)];

        // Blanks that XML cannot hold do not arrive as blanks.
        text.Replace('\v', '\uFFFD');
        text.Replace('\f', '\uFFFD');
        return text;
    }
}
