namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>A step of the protocols at which an instance is killed, once.</summary>
/// <param name="Name">Between what and what.</param>
/// <param name="Which">The request at which it is killed.</param>
/// <param name="Nth">The how-manieth of them.</param>
/// <param name="Again">The call to Five9 that has to be made once more, because its answer died with the instance.</param>
/// <param name="Ticks">How many ticks, 16 minutes apart, it takes until all is well: none where a message comes back.</param>
internal sealed record KillStep(string Name, Moment Moment, Func<InstanceRequest, bool> Which, int Nth = 1, string? Again = null, int Ticks = 0)
{
    /// <summary>Whether the older half of the day that is split begins when the newer one is done: else both may land before the next day is derived.</summary>
    public bool HalvesInTurn { get; init; }

    public static KillStep After(string name, Func<InstanceRequest, bool> which, int nth = 1, string? again = null, int ticks = 0) => new(name, Moment.After, which, nth, again, ticks);

    public static KillStep Before(string name, Func<InstanceRequest, bool> which, int nth = 1, string? again = null, int ticks = 0) => new(name, Moment.Before, which, nth, again, ticks);

    /// <summary>For <see cref="TestApp.KillAt"/>.</summary>
    public Func<InstanceRequest, Moment, bool> Once()
    {
        var left = Nth;
        return (request, moment) => moment == Moment && Volatile.Read(ref left) > 0 && Which(request) && Interlocked.Decrement(ref left) == 0;
    }

    public override string ToString() => Name;
}
