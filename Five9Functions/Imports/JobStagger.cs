using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>When the imports that one tick asks for begin: some each second, instead of all at once. Pure.</summary>
internal static class JobStagger
{
    /// <summary>
    /// In whole seconds after the tick. An import must be done before the next is due, so all begin within two thirds of the time until
    /// then; the order is that of the ids, so an integration has about the same place in each tick.
    /// </summary>
    /// <param name="place">0 for the first integration of the tick.</param>
    public static Duration Delay(Integration integration, int place, int jobsPerSecond)
    {
        var within = Math.Max(1, (long)integration.Schedule.TotalSeconds * 2 / 3);
        return Duration.FromSeconds(place / jobsPerSecond % within);
    }
}
