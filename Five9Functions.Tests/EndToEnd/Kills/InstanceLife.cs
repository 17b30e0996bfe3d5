namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>Thrown at the place where an instance dies, and at whatever it tries afterwards.</summary>
internal sealed class InstanceKilledException() : Exception("The instance was killed.");

/// <summary>When a request meets its instance's end.</summary>
internal enum Moment
{
    /// <summary>It is never sent.</summary>
    Before,

    /// <summary>It was done and the answer says so, but the instance does not know.</summary>
    After,
}

/// <summary>
/// What a kill is: at one instant the life of an instance is over. From then on no request of it reaches storage or Five9 and no
/// answer reaches it, so all its functions stop where they are and nothing that their catch and finally blocks try has an effect.
/// Messages that it had taken stay hidden until their visibility time-out. <see cref="TestApp.ReviveAsync"/> starts the next instance.
/// </summary>
/// <param name="kill">Whether the instance is killed at this moment of this request.</param>
internal sealed class InstanceLife(Func<InstanceRequest, Moment, bool> kill)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => _over.Task;

    public bool IsOver => Over.IsCompleted;

    /// <param name="send">Sends the request; false when it was refused.</param>
    public async ValueTask PassAsync(InstanceRequest request, Func<ValueTask<bool>> send)
    {
        Meet(request, Moment.Before);
        if (await send())
        {
            Meet(request, Moment.After);
        }

        ThrowIfOver();
    }

    private void Meet(InstanceRequest request, Moment moment)
    {
        if (!IsOver && kill(request, moment))
        {
            _over.TrySetResult();
        }

        ThrowIfOver();
    }

    private void ThrowIfOver()
    {
        if (IsOver)
        {
            throw new InstanceKilledException();
        }
    }
}
