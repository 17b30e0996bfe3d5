using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>An agent who is logged in, as the supervisor service tells him.</summary>
/// <param name="Reason">Empty for none, as are call type and campaign.</param>
public sealed record LiveRow(string Agent, string FullName, string State, string Reason, Instant Since, string CallType, string Campaign);

/// <summary>Who is in which state at a moment.</summary>
public interface ILiveSource
{
    /// <summary>Each agent who is logged in, once.</summary>
    IReadOnlyList<LiveRow> At(Instant now);
}
