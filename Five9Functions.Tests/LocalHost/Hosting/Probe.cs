using System.Threading.Channels;

namespace Five9Functions.Tests.LocalHost.Hosting;

/// <summary>What the functions under test tell their test, and the gate that the test holds them at.</summary>
public sealed class Probe
{
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
    private readonly Lock _lock = new();
    private int _running;

    public SemaphoreSlim Gate { get; } = new(0);

    public int MostAtOnce { get; private set; }

    public int Calls => _calls.Reader.Count;

    public void Tell(string call) => _calls.Writer.TryWrite(call);

    /// <summary>The next call, waiting for it if need be.</summary>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _calls.Reader.ReadAsync(cancellationToken);

    /// <summary>Tells of the call and stays until the test opens the gate once.</summary>
    public async Task PassGateAsync(string call, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _running++;
            MostAtOnce = Math.Max(MostAtOnce, _running);
        }

        Tell(call);
        await Gate.WaitAsync(cancellationToken);
        lock (_lock)
        {
            _running--;
        }
    }
}
