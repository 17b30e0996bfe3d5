using System.Runtime.CompilerServices;
using System.Text;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>Files as people who work with Five9's exports have them; names and numbers are invented. st- is an agent-state report, cl- a call log.</summary>
internal static class FieldFile
{
    /// <summary>Rows of live shape that most of the files hold, in Five9's own form.</summary>
    public const string AgentStates = """
        AGENT,AGENT NAME,DATE,TIME,STATE,REASON CODE,AGENT STATE TIME,CALL ID,CALL TYPE
        ann@example.com,Ann Example,2026/11/02,07:59:00,Login,,00:00:00,,
        ann@example.com,Ann Example,2026/11/02,07:59:00,Ready,,00:01:00,,
        ann@example.com,Ann Example,2026/11/02,08:00:00,On Call,,00:03:00,300000000000001,
        ann@example.com,Ann Example,2026/11/02,08:03:00,After Call Work,,00:00:40,300000000000001,
        ann@example.com,Ann Example,2026/11/02,08:03:40,Not Ready,Lunch,00:30:00,,

        """;

    public const string CallLog = """
        CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,CALL TIME,BILL TIME (ROUNDED),COST,IVR TIME,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,CONFERENCES,HOLDS,ABANDONED,RECORDINGS
        300000000000001,"Mon, 02 Nov 2026 08:00:00",Care In,Inbound,ann@example.com,Ann Example,Resolved,5550100001,,5550100900,00:04:00,00:04:00,0.01,00:00:20,00:00:12.000,00:00:03,00:03:00,00:00:30,00:00:00,00:00:40,,,,0,
        300000000000002,"Mon, 02 Nov 2026 08:05:00",Care In,Inbound,[None],,Abandon,5550100001,,5550100900,00:04:00,00:04:00,0.01,00:00:20,00:00:18.000,,,,,,,,,1,
        300000000000003,"Mon, 02 Nov 2026 08:06:00",Care In,Inbound,ann@example.com,Ann Example,Resolved,5550100001,,5550100900,00:04:00,00:04:00,0.01,00:00:20,00:00:12.000,00:00:03,00:03:00,00:00:30,00:00:00,00:00:40,,,,0,

        """;

    /// <summary>agent-states.csv of <see cref="AgentStates"/>, without its header.</summary>
    public const string Timeline = """
        ann@example.com,Ann Example,Ready,ready,,,2026-11-02T15:59:00Z,2026-11-02T16:00:00Z,60,2026-11-02T15:59:00Z,2026-11-02T16:00:00Z,false,false
        ann@example.com,Ann Example,On Call,call,,300000000000001,2026-11-02T16:00:00Z,2026-11-02T16:03:00Z,180,2026-11-02T16:00:00Z,2026-11-02T16:03:00Z,false,false
        ann@example.com,Ann Example,After Call Work,afterCallWork,,300000000000001,2026-11-02T16:03:00Z,2026-11-02T16:03:40Z,40,2026-11-02T16:03:00Z,2026-11-02T16:03:40Z,false,false
        ann@example.com,Ann Example,Not Ready,notReady,Lunch,,2026-11-02T16:03:40Z,2026-11-02T16:33:40Z,1800,2026-11-02T16:03:40Z,2026-11-02T16:33:40Z,false,false

        """;

    /// <summary>queue-intervals.csv of <see cref="CallLog"/>, without its header.</summary>
    public const string Intervals = "Care In,2026-11-02T16:00:00Z,3,2,1,0,0,0,2,1,300,60,80,440,30,18,0,0,0,0,0\n";

    public static string Path(string name, [CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Field", name);

    /// <summary>The rows of <see cref="AgentStates"/>, each turned to another form of the same, with a line break after each.</summary>
    public static string States(Func<string, string> turn) => Turned(AgentStates, turn);

    public static string Calls(Func<string, string> turn) => Turned(CallLog, turn);

    /// <summary>Fields with another separator, quotes as a spreadsheet program writes them.</summary>
    public static string Separated(string line, char separator)
    {
        var fields = new List<string>();
        var (field, quoted) = (new StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        return string.Join(separator, fields.Append(field.ToString()).Select(f => f.Contains(separator, StringComparison.Ordinal) ? $"\"{f}\"" : f));
    }

    private static string Turned(string rows, Func<string, string> turn) =>
        string.Concat(rows.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => turn(line) + "\n"));
}
