using System.Globalization;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>A Five9 user as getUsersGeneralInfo tells it.</summary>
public sealed record SimulatedUser(long Id, string UserName, string FirstName, string LastName)
{
    internal void WriteTo(SoapWriter writer)
    {
        writer.Element("active", "true");
        writer.Element("canChangePassword", "true");
        writer.Element("EMail", $"{UserName}@example.com");
        writer.Element("firstName", FirstName);
        writer.Element("fullName", $"{FirstName} {LastName}");
        writer.Element("id", Id.ToString(CultureInfo.InvariantCulture));
        writer.Element("lastName", LastName);
        writer.Element("locale", "en_US");
        writer.Element("userName", UserName);
    }
}

/// <summary>A skill as getSkills tells it.</summary>
public sealed record SimulatedSkill(long Id, string Name)
{
    internal void WriteTo(SoapWriter writer)
    {
        writer.Element("description", $"Calls for {Name}");
        writer.Element("id", Id.ToString(CultureInfo.InvariantCulture));
        writer.Element("messageOfTheDay", "");
        writer.Element("name", Name);
        writer.Element("routeVoiceMails", "false");
    }
}

/// <summary>A campaign as getCampaigns tells it.</summary>
/// <param name="Type">INBOUND, OUTBOUND or AUTODIAL.</param>
public sealed record SimulatedCampaign(string Name, string Type)
{
    internal void WriteTo(SoapWriter writer)
    {
        writer.Element("description", "");
        writer.Element("mode", "BASIC");
        writer.Element("name", Name);
        writer.Element("state", "RUNNING");
        writer.Element("trainingMode", "false");
        writer.Element("type", Type);
    }
}

/// <summary>The users, skills and campaigns of the simulated contact centre.</summary>
public sealed record SimulatedDomain(
    IReadOnlyList<SimulatedUser> Users,
    IReadOnlyList<SimulatedSkill> Skills,
    IReadOnlyList<SimulatedCampaign> Campaigns)
{
    private static readonly SimulatedSkill[] FixedSkills = [new(2001, "Support EN"), new(2002, "Support DE"), new(2003, "Sales")];

    private static readonly SimulatedCampaign[] FixedCampaigns =
        [new("Support EN - Inbound", "INBOUND"), new("Support DE - Inbound", "INBOUND"), new("Sales - Outbound", "OUTBOUND")];

    internal static SimulatedDomain For(IReportSource? agentStates) => new(
        agentStates is GeneratedAgentStates generated
            ? [.. generated.Agents.Select(a => new SimulatedUser(a.Id, a.Login, a.FirstName, a.LastName))]
            : [new(1001, "agent1", "Agent", "One"), new(1002, "agent2", "Agent", "Two")],
        FixedSkills,
        FixedCampaigns);

    /// <param name="passwords">Null: the domain says nothing of passwords.</param>
    internal static void WriteConfiguration(SoapWriter writer, SimulatedPasswordPolicy? passwords)
    {
        writer.Open("return");
        writer.Element("domainId", "100001");
        writer.Element("domainName", "Simulated Contact Centre");
        passwords?.WriteTo(writer);
        writer.Close("return");
    }
}
