using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Fairness;

/// <summary>The integration whose imports must not be late: an hour and a half of ticks, and a new state of its agent every quarter of an hour.</summary>
internal static class Healthy
{
    public const string Id = "healthy";

    // A state is imported once it began five minutes ago.
    private static readonly string[] NewestByTick = ["19:42:00-19:52:00", "19:57:00-20:07:00", "20:12:00-20:22:00", "20:27:00-20:37:00", "20:42:00-20:52:00", "20:57:00-21:07:00"];

    public static int Ticks => NewestByTick.Length;

    public static StateRows Rows => new([.. NewestByTick.Select(times => new StateRow("anna", "Ready", $"2026-11-02T{times[..8]}Z", $"2026-11-02T{times[9..]}Z"))]);

    /// <summary>A tick and all that happens until the next one is due: the scheduled import was asked for, and is done, and its newest state is there.</summary>
    public static async Task CycleAsync(FairnessApp app, int tick, CancellationToken cancellationToken)
    {
        var (run, fold) = await app.CycleAsync(Id, cancellationToken);

        Assert.That((fold?.Status, run?.FinishedAt is not null), Is.EqualTo((RunStatus.Succeeded, true)), $"tick {tick}");
        Assert.That(await app.NewestAsync(Id, cancellationToken), Is.EqualTo($"anna Ready {NewestByTick[tick]}"), $"tick {tick}");
    }
}
