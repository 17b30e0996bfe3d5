using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>One row of the generated agent-state report, as it will be once its state has ended.</summary>
/// <param name="Length">What stands in AGENT STATE TIME in place of the true length; null for the truth.</param>
/// <param name="NoAgent">The row has lost its agent.</param>
internal sealed record GeneratedState(
    GeneratedAgent Agent,
    string State,
    string ReasonCode,
    string CallId,
    string CallType,
    Instant Start,
    Instant End,
    string? Length = null,
    bool NoAgent = false)
{
    public const string Columns =
        "DATE,TIME,AGENT,AGENT NAME,AGENT ID,AGENT GROUP,STATE,REASON CODE,CALL ID,CALL TYPE,AGENT STATE TIME,SKILL AVAILABILITY";

    private static readonly LocalDateTimePattern DateAndTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu/MM/dd','HH:mm:ss");

    /// <summary>The record as CSV; a state that was running when the report was run has no length yet.</summary>
    public byte[] ToCsv(DateTimeZone zone, Instant asOf)
    {
        var line = new StringBuilder(160).Append(DateAndTime.Format(Start.InZone(zone).LocalDateTime));
        string[] fields =
        [
            NoAgent ? "[None]" : Agent.Login,
            NoAgent ? "" : $"{Agent.FirstName} {Agent.LastName}",
            NoAgent ? "" : Agent.Id.ToString(CultureInfo.InvariantCulture),
            NoAgent ? "" : Agent.Group,
            State,
            ReasonCode,
            CallId,
            CallType,
            Length ?? (End > asOf ? "" : Text(End - Start)),
            $"{Agent.Group}, Voicemail",
        ];
        foreach (var field in fields)
        {
            line.Append(',').Append(field.Contains(',', StringComparison.Ordinal) ? $"\"{field}\"" : field);
        }

        return Encoding.UTF8.GetBytes(line.ToString());
    }

    private static string Text(Duration length)
    {
        var seconds = (long)length.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
