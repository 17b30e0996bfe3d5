using System.Text.RegularExpressions;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>One integration in the configuration section <c>Integrations:{id}</c>.</summary>
public sealed partial class IntegrationSettings
{
    public const string Section = "Integrations";

    private const int AgentsForBuckets = 200;

    public string Name { get; set; } = "";

    /// <summary>us, uk, ca, eu, in, or the address of a host.</summary>
    public string Region { get; set; } = "us";

    public string UserName { get; set; } = "";

    /// <summary>The secret with user name and password; empty for five9- and the id. Integrations of one user name the same.</summary>
    public string SecretName { get; set; } = "";

    public string Zone { get; set; } = "America/Los_Angeles";

    public string AgentStateFolder { get; set; } = "Agent Reports";

    public string AgentStateReport { get; set; } = "Agent State Details";

    public int ScheduleMinutes { get; set; } = 15;

    public int PaddingMinutes { get; set; } = 60;

    /// <summary>Local days before the day of creation that are imported as well.</summary>
    public int HistoryDays { get; set; } = 30;

    public int SuspiciousRows { get; set; } = 20;

    /// <summary>About how many agents there are; decides the partitions when the integration is created.</summary>
    public int Agents { get; set; } = 100;

    public bool KeepCustomerData { get; set; }

    public bool Paused { get; set; }

    public static bool IsId(string id) => Slug().IsMatch(id);

    /// <summary>What is wrong with these settings, each naming its key; nothing when they are right.</summary>
    public IEnumerable<string> Problems(string id)
    {
        var key = $"{Section}:{id}";
        if (!IsId(id))
        {
            yield return $"{key}: the id may hold lower-case letters, digits and hyphens, up to 40, and begins with a letter.";
        }

        if (Five9Region.TryParse(Region) is null)
        {
            yield return $"{key}:Region: '{Region}' is neither us, uk, ca, eu, in nor an http(s) address.";
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
        {
            yield return $"{key}:Zone: '{Zone}' is not an IANA time zone such as America/Los_Angeles.";
        }

        if (SecretName.Length > 0 && !VaultName().IsMatch(SecretName))
        {
            yield return $"{key}:SecretName: '{SecretName}' is no name of a secret, which may hold letters, digits and hyphens, up to 127.";
        }

        foreach (var (name, value) in new[] { ("UserName", UserName), ("AgentStateFolder", AgentStateFolder), ("AgentStateReport", AgentStateReport) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{key}:{name} is empty.";
            }
        }

        foreach (var (name, value, least, most) in new[]
        {
            ("ScheduleMinutes", ScheduleMinutes, 10, 1440), ("PaddingMinutes", PaddingMinutes, 0, 1440),
            ("HistoryDays", HistoryDays, 0, 1095), ("SuspiciousRows", SuspiciousRows, 1, int.MaxValue), ("Agents", Agents, 1, 100_000),
        })
        {
            if (value < least || value > most)
            {
                yield return $"{key}:{name} is {value}; it must be between {least} and {most}.";
            }
        }
    }

    public Integration ToIntegration(string id, Instant now)
    {
        return new Integration
        {
            Id = id,
            Name = string.IsNullOrWhiteSpace(Name) ? id : Name.Trim(),
            Host = Five9Region.TryParse(Region)!,
            UserName = UserName.Trim(),
            SecretName = SecretNameFor(id),
            Zone = Zone,
            AgentStateFolder = AgentStateFolder,
            AgentStateReport = AgentStateReport,
            Schedule = Duration.FromMinutes(ScheduleMinutes),
            Padding = Duration.FromMinutes(PaddingMinutes),
            HistoryStart = now.InZone(DateTimeZoneProviders.Tzdb[Zone]).Date.PlusDays(-HistoryDays),
            SuspiciousRows = SuspiciousRows,
            Buckets = Agents < AgentsForBuckets ? 1 : 16,
            KeepCustomerData = KeepCustomerData,
            Paused = Paused,
        };
    }

    public string SecretNameFor(string id) => SecretName.Length > 0 ? SecretName : $"five9-{id}";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex Slug();

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex VaultName();
}
