namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Counts functions at work, from before they are called until their message is settled. That nothing ran at two moments does not
/// say that nothing ran in between; that nothing began in between does.
/// </summary>
internal sealed class RunningFunctions
{
    private readonly Lock _lock = new();
    private (long Begun, int Running) _counts;

    public (long Begun, int Running) Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    public void Begin()
    {
        lock (_lock)
        {
            _counts = (_counts.Begun + 1, _counts.Running + 1);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _counts.Running--;
        }
    }
}
