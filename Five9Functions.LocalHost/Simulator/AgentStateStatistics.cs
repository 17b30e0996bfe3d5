using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The statistics AgentState of the supervisor service: who is in which state now, by Five9's column names.</summary>
internal sealed class AgentStateStatistics(SimulatorOptions options)
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "Username", "Full Name", "State", "State Since", "State Duration", "Reason Code", "Reason Since", "Reason Duration", "Call Type", "Campaign Name", "Media Availability",
    ];

    // They are other ones each second, and no change for that.
    private static readonly string[] Lengths = ["State Duration", "Reason Duration"];

    private static readonly LocalDateTimePattern Text = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss");

    private readonly ILiveSource? _source = options.Live ?? (options.AgentStates is GeneratedAgentStates generated ? new GeneratedLive(generated) : null);

    private Instant Now => options.TimeProvider.GetCurrentInstant();

    /// <summary>By user name.</summary>
    public SortedDictionary<string, LiveRow> Agents() => new((_source?.At(Now) ?? []).ToDictionary(agent => agent.Agent, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The values that stay until something happens.</summary>
    public IEnumerable<(string Column, string Value)> Lasting(LiveRow agent, IEnumerable<string> columns) => columns.Except(Lengths).Select(column => (column, Value(agent, column)));

    public string Value(LiveRow agent, string column) => column switch
    {
        "Username" => agent.Agent,
        "Full Name" => agent.FullName,
        "State" => agent.State,
        "State Since" => Time(agent.Since),
        "Reason Code" => agent.Reason,
        "Reason Since" => agent.Reason.Length > 0 ? Time(agent.Since) : "",
        "State Duration" => Milliseconds(agent.Since),
        "Reason Duration" => agent.Reason.Length > 0 ? Milliseconds(agent.Since) : "",
        "Call Type" => agent.CallType,
        "Campaign Name" => agent.Campaign,
        _ => "",
    };

    private string Time(Instant since) => options.LiveTimesAsText ? Text.Format(since.InZone(options.Zone).LocalDateTime) : Number(since.ToUnixTimeMilliseconds());

    private string Milliseconds(Instant since) => Number((long)(Now - since).TotalMilliseconds);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
