using System.Net.Http.Headers;
using System.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The one Five9 user of the simulator: HTTP Basic, one request at a time, locked after five bad logins in a row.</summary>
internal sealed class SimulatedAccount(SimulatorOptions options)
{
    private const int LockedAfter = 5;

    // A rejected login was seen with this status in production, so clients must read the body first.
    private const int RejectedStatus = 200;

    private readonly Lock _lock = new();
    private int _badLogins;
    private int _inARow;
    private int _busy;

    public int BadLogins
    {
        get
        {
            lock (_lock)
            {
                return _badLogins;
            }
        }
    }

    /// <exception cref="SoapFaultException">The login is wrong or the account is locked.</exception>
    public void LogIn(string authorization)
    {
        lock (_lock)
        {
            if (options.Limits && _inARow >= LockedAfter)
            {
                throw Rejected("The account is locked");
            }

            if (Matches(authorization))
            {
                _inARow = 0;
                return;
            }

            _badLogins++;
            _inARow++;
            throw Rejected("Invalid login or password");
        }
    }

    /// <summary>Takes the user's one turn; disposing gives it back, once.</summary>
    /// <exception cref="SoapFaultException">Another request of the user is under way.</exception>
    public IDisposable Enter() => Interlocked.CompareExchange(ref _busy, 1, 0) == 0
        ? new Turn(this)
        : throw SoapFault.Of("UserAlreadyLoggedIn", $"Another request of user {options.UserName} is being processed");

    private static SoapFaultException Rejected(string message) => new(new SoapFault("InvalidAccount", message, []), RejectedStatus);

    private bool Matches(string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.UserName}:{options.Password}"));
        return string.Equals(header.Parameter, expected, StringComparison.Ordinal);
    }

    private sealed class Turn(SimulatedAccount account) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                Volatile.Write(ref account._busy, 0);
            }
        }
    }
}
