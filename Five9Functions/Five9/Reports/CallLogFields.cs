using System.Runtime.InteropServices;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>Where the columns of one call log stand, and what their values mean. Source: live call logs of 2026 and their custom copies.</summary>
internal sealed class CallLogFields(ReportColumns columns)
{
    public static readonly IReadOnlyList<string> NeededDurations =
        ["QUEUE WAIT TIME", "RING TIME", "TALK TIME", "HOLD TIME", "PARK TIME", "AFTER CALL WORK TIME"];

    public static readonly IReadOnlyList<string> OtherDurations = ["HANDLE TIME", "SPEED OF ANSWER", "TIME TO ABANDON"];

    private const string Nothing = "-";

    /// <summary>A leg is a row of Table Storage, where a property holds 32,768 UTF-16 units.</summary>
    private static readonly string[] Stored = ["CALL ID", "CAMPAIGN", "CALL TYPE", "AGENT", "AGENT NAME", "DISPOSITION", "SKILL"];

    private const int MaxLength = 32_000;

    /// <summary>Its buffer is needed for every row, and these fields are shared by all that read rows of one report.</summary>
    [ThreadStatic]
    private static FieldsHash? _hash;

    private readonly int _callId = columns.IndexOf("CALL ID");
    private readonly int _timestamp = columns.IndexOf("TIMESTAMP");
    private readonly int _campaign = columns.IndexOf("CAMPAIGN");
    private readonly int _callType = columns.IndexOf("CALL TYPE");
    private readonly int _agent = columns.IndexOf("AGENT");
    private readonly int _skill = columns.IndexOf("SKILL");
    private readonly int _abandoned = columns.IndexOf("ABANDONED");
    private readonly (string Column, int Index)[] _durations = [.. NeededDurations.Concat(OtherDurations).Select(c => (c, columns.IndexOf(c)))];
    private readonly LongValues _stored = new(columns, Stored.Select(c => (c, MaxLength)));

    /// <summary>Empty for none.</summary>
    public string CallId(string[] values) => Named(values[_callId]).Name;

    public string Timestamp(string[] values) => values[_timestamp];

    /// <summary>Empty for none, which no type is.</summary>
    public (string Name, CallType Type) Type(ReportRow row) =>
        CallTypes.Read(NoneWords.Named(row.Values[_callType]) is var name && name is Nothing ? "" : name);

    public Instant? Start(string[] values, ReportWindow window) => ReportTime.TryParse(values[_timestamp], window.Dates, out var reported) ? window.InstantOf(reported) : null;

    /// <summary>Empty for none.</summary>
    public string Agent(ReportRow row) => Named(row.Values[_agent]).Name;

    /// <summary>Talk and after-call work, rounded as the figures are.</summary>
    public long SecondsOfWork(string[] values)
    {
        return Seconds(2) + Seconds(5);

        long Seconds(int place) => Read(values[_durations[place].Index], out var milliseconds) == ReportDurationKind.Value ? (milliseconds + 500) / 1_000 : 0;
    }

    /// <summary>Null when all can be read.</summary>
    public RowDefect? Defect(string[] values)
    {
        foreach (var (column, index) in _durations)
        {
            if (index >= 0 && ReportDuration.Defect(Read(values[index], out _), column, values[index]) is { } defect)
            {
                return defect;
            }
        }

        return ReportFlag.Read(values[_abandoned]) is null
            ? RowDefect.Unreadable("the flag is not 1, 0, - or empty", "ABANDONED", values[_abandoned], ReportFlag.Expected)
            : _stored.Defect(values);
    }

    public CallLeg ToLeg(ReportRow row, LocalDate day)
    {
        var values = row.Values;
        var (typeName, type) = Type(row);
        var (agent, campaign, skill) = (Named(Value(_agent)), Named(Value(_campaign)), Named(Value(_skill)));
        return new CallLeg
        {
            CallId = row.Key,
            Day = day,
            Start = row.Start,
            TypeName = typeName,
            Type = type,
            Agent = agent.Name,
            Campaign = campaign.Name,
            Skill = skill.Name,
            QueueWait = Duration(0) ?? 0,
            Ring = Duration(1) ?? 0,
            Talk = Duration(2) ?? 0,
            Hold = Duration(3) ?? 0,
            Park = Duration(4) ?? 0,
            AfterCallWork = Duration(5) ?? 0,
            Handle = Duration(6),
            SpeedOfAnswer = Duration(7),
            TimeToAbandon = Duration(8),
            Abandoned = ReportFlag.Read(Value(_abandoned)) ?? AbandonedFlag.Unsaid,
            ReadAsNone = agent.ReadAsNone ?? campaign.ReadAsNone ?? skill.ReadAsNone,
            Row = Fingerprint(row),
        };

        string Value(int index) => index < 0 ? "" : values[index];

        long? Duration(int place) => Read(Value(_durations[place].Index), out var milliseconds) == ReportDurationKind.Value ? milliseconds : null;
    }

    /// <summary>A name, or empty for none. Five9 writes [None] in the words of some language; a deleted object is not none.</summary>
    private static (string Name, string? ReadAsNone) Named(string value)
    {
        value = value.Trim();
        if (value is Nothing || value.Equals(NoneWords.English, StringComparison.OrdinalIgnoreCase))
        {
            return ("", null);
        }

        if (value.Equals(CallLeg.Deleted, StringComparison.OrdinalIgnoreCase))
        {
            return (CallLeg.Deleted, null);
        }

        return NoneWords.InBrackets(value) ? ("", value) : (value, null);
    }

    private static ReportDurationKind Read(string value, out long milliseconds) =>
        ReportDuration.ReadMilliseconds(value.AsSpan().Trim() is var text && (text is Nothing || NoneWords.IsNone(text)) ? "" : value, out milliseconds);

    /// <summary>The row by the names of its columns, and not by their order; one that is empty is as good as not there.</summary>
    private static UInt128 Fingerprint(ReportRow row)
    {
        var hash = _hash ??= new FieldsHash();
        foreach (var i in row.Columns.InOrderOfNames)
        {
            if (row.Values[i].Length > 0)
            {
                hash.Append(MemoryMarshal.AsBytes(row.Columns.Names[i].AsSpan()));
                hash.Append(MemoryMarshal.AsBytes(row.Values[i].AsSpan()));
            }
        }

        return hash.Take();
    }
}
