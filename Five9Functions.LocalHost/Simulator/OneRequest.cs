namespace Five9Functions.LocalHost.Simulator;

/// <summary>Five9 takes one request at a time for each user and service.</summary>
internal sealed class OneRequest(string userName)
{
    private readonly Lock _lock = new();
    private int _inside;
    private int _busy;
    private int _most;

    /// <summary>The most requests of the user that were there at once, refused ones included.</summary>
    public int MostAtOnce
    {
        get
        {
            lock (_lock)
            {
                return _most;
            }
        }
    }

    /// <summary>Counts a request until it is disposed.</summary>
    public IDisposable Arrive()
    {
        lock (_lock)
        {
            _most = Math.Max(_most, ++_inside);
        }

        return new Once(() =>
        {
            lock (_lock)
            {
                _inside--;
            }
        });
    }

    /// <summary>Takes the user's one turn; disposing gives it back, once.</summary>
    /// <exception cref="SoapFaultException">Another request of the user is under way.</exception>
    public IDisposable Enter() => Interlocked.CompareExchange(ref _busy, 1, 0) == 0
        ? new Once(() => Volatile.Write(ref _busy, 0))
        : throw SoapFault.Of("UserAlreadyLoggedIn", $"Another request of user {userName} is being processed");

    private sealed class Once(Action end) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                end();
            }
        }
    }
}
