using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Time;
using Five9Functions.Users;

namespace Five9Functions.Connections;

/// <summary>The calls of one test of a connection: each in a turn of its own, all within the time that whoever asked waits.</summary>
/// <param name="busy">How long an import may have the turn before it is asked for again.</param>
/// <param name="deadline">Ends when <see cref="MaxLength"/> is over.</param>
internal sealed class ConnectionCalls(
    Five9UserTable users, CredentialGuard guard, Integration integration, TimeSpan busy, TimeProvider time, CancellationToken deadline, CancellationToken cancellationToken)
{
    public static readonly TimeSpan MaxLength = TimeSpan.FromSeconds(60);

    private const int TurnsAsked = 5;

    public Integration Integration => integration;

    /// <summary>Whether Five9 was called at all.</summary>
    public bool Called { get; private set; }

    /// <param name="operation">What Five9 counts it as.</param>
    /// <exception cref="Five9Exception">It did not succeed, in whatever way.</exception>
    public async Task<T> CallAsync<T>(Func<Five9Login, CancellationToken, Task<T>> call, string operation = "Query")
    {
        await using var lease = await LeaseAsync();
        if (lease.User.BlockedUntil(operation, time.Now()) is { } until)
        {
            throw new Five9QuotaExceededException($"Five9's quota of {operation} is used up until {until}.", operation);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline, lease.Lost);
        try
        {
            return await guard.CallAsync(integration, lease, login => OnceAsync(login, call, either.Token), cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Five9TransientException(ImportProblem.TurnLost, $"The turn of the Five9 user {integration.UserName} was lost; test again.");
        }
    }

    private async Task<T> OnceAsync<T>(Five9Login login, Func<Five9Login, CancellationToken, Task<T>> call, CancellationToken either)
    {
        Called = true;
        try
        {
            return await call(login, either);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // To the guard it is a login that nobody knows the outcome of.
            throw new Five9TransientException(
                ImportProblem.CallTimedOut, $"Five9 at {integration.Host.Authority} did not come to an end within the {MaxLength.TotalSeconds:0} s that a test has.")
            { LoginUnknown = true };
        }
    }

    // An import has the turn for one call at a time, mostly seconds.
    private async Task<UserLease> LeaseAsync()
    {
        await users.EnsureAsync(integration, cancellationToken);
        for (var asked = 1; !deadline.IsCancellationRequested; asked++)
        {
            if (await users.TryLeaseAsync(integration, cancellationToken) is { } lease)
            {
                return lease;
            }

            if (asked == TurnsAsked)
            {
                throw new Five9TransientException(
                    ImportProblem.UserBusy, $"The Five9 user {integration.UserName} is busy with an import, and Five9 takes one call at a time; test again in a minute.");
            }

            await Task.Delay(busy, time, cancellationToken);
        }

        throw new Five9TransientException(ImportProblem.CallTimedOut, $"The test had {MaxLength.TotalSeconds:0} s, and they are over.");
    }
}
