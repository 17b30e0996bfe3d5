using Azure;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Users;

/// <summary>
/// The right to call Five9 as one user: 60 seconds, renewed while it is held. When it is lost, <see cref="Lost"/> is cancelled
/// and with it the call. What was learned about the user is written while the lease is still held.
/// </summary>
public sealed class UserLease : IAsyncDisposable
{
    private static readonly Duration Length = Duration.FromSeconds(60);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly Five9UserTable _users;
    private readonly UserTurn _turn;
    private readonly string _owner;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewal;

    internal UserLease(Five9UserTable users, Five9User user, UserTurn turn, string owner, TimeProvider time)
    {
        _users = users;
        _turn = turn;
        _owner = owner;
        _time = time;
        _lost = new CancellationTokenSource(Left(user.LeasedUntil(turn)!.Value, time), time);
        User = user;
        _renewal = RenewAsync();
    }

    /// <summary>The user as the lease found it, with what was written with it since.</summary>
    public Five9User User { get; private set; }

    public CancellationToken Lost => _lost.Token;

    internal static Five9User? Take(Five9User user, UserTurn turn, string owner, TimeProvider time)
    {
        var now = time.Now();
        if (user.OwnerOf(turn) == owner)
        {
            // The answer to the first try was lost, and somebody has changed the row since.
            return user;
        }

        return user.LeasedAt(now, turn) ? null : user.WithLease(turn, owner, now + Length);
    }

    /// <summary>Writes what was learned about the user.</summary>
    public async Task RecordAsync(Func<Five9User, Five9User> change, CancellationToken cancellationToken) =>
        User = await _users.UpdateAsync(User.Key, change, cancellationToken) ?? User;

    /// <summary>Writes what others have to know before the call is made.</summary>
    /// <param name="change">A null says that the row is no longer as the lease found it.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="OperationCanceledException">The lease is somebody else's, or the row changed: the call must not be made.</exception>
    public async Task RecordBeforeCallAsync(Func<Five9User, Five9User?> change, CancellationToken cancellationToken)
    {
        if (await _users.UpdateAsync(User.Key, user => user.OwnerOf(_turn) == _owner ? change(user) : null, cancellationToken) is not { } written)
        {
            await _lost.CancelAsync();
            throw new OperationCanceledException("The lease was lost before the call.", _lost.Token);
        }

        User = written;
    }

    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewal;
        try
        {
            await _users.UpdateAsync(User.Key, user => user.OwnerOf(_turn) == _owner ? user.WithLease(_turn, "", null) : null, CancellationToken.None);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or InvalidOperationException)
        {
            // It ends by itself in a minute; failing here would hide why the step ended.
        }

        _lost.Dispose();
        _released.Dispose();
    }

    private static TimeSpan Left(Instant until, TimeProvider time) => Duration.Max(Duration.Zero, until - time.Now()).ToTimeSpan();

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _time, _released.Token);
                var until = _time.Now() + Length;
                var renewed = await _users.UpdateAsync(User.Key, user => user.OwnerOf(_turn) == _owner ? user.WithLease(_turn, _owner, until) : null, _released.Token);
                if (renewed is null)
                {
                    await _lost.CancelAsync();
                    return;
                }

                // Without another renewal it is lost when it ends, even while that one is still waited for.
                _lost.CancelAfter(Left(until, _time));
            }
        }
        catch (Exception) when (_released.IsCancellationRequested)
        {
            // Released; nobody waits for the renewal any more.
        }
        catch (Exception)
        {
            // Whatever it was: the lease may be somebody else's by now, and nobody may call twice at once.
            await _lost.CancelAsync();
        }
    }
}
