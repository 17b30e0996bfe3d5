using System.Net.Http.Headers;
using System.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The one Five9 user of the simulator: HTTP Basic, locked after five bad logins in a row. Bad logins are
/// counted by user name, whether there is such a user or not; a locked account stays locked, whatever the password.
/// </summary>
internal sealed class SimulatedAccount(SimulatorOptions options)
{
    public const int LockedAfter = 5;

    // A rejected login was seen with this status in production, so clients must read the body first.
    private const int RejectedStatus = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _inARow = new(StringComparer.Ordinal);
    private readonly List<string> _passwords = [options.Password]; // the one in force is the last
    private int _badLogins;

    /// <summary>What logs in from now on, whatever the policy says.</summary>
    public string Password
    {
        set
        {
            lock (_lock)
            {
                _passwords.Add(value);
            }
        }
    }

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

    /// <summary>Whether a request tries to log in at all, and in a way that the service knows.</summary>
    public static bool IsLogin(string? authorization) =>
        AuthenticationHeaderValue.TryParse(authorization, out var header) && "Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="SoapFaultException">The login is wrong or the account is locked.</exception>
    public void LogIn(string authorization)
    {
        var (user, password) = Read(authorization);
        lock (_lock)
        {
            var good = user == options.UserName && password == _passwords[^1];
            var inARow = _inARow.GetValueOrDefault(user);
            var locked = options.Limits && inARow >= LockedAfter;
            if (good && !locked)
            {
                _inARow[user] = 0;
                return;
            }

            if (!good)
            {
                _badLogins++;
                _inARow[user] = inARow + 1;
            }

            throw Rejected(locked ? "The account is locked" : "Invalid login or password");
        }
    }

    /// <summary>What the account takes from now on.</summary>
    /// <exception cref="SoapFaultException">The password does not meet the domain's policy, or was one of the last.</exception>
    public void ChangePassword(string password)
    {
        lock (_lock)
        {
            var problem = options.PasswordPolicy?.Problem(password)
                ?? (_passwords.TakeLast(options.PasswordPolicy?.Remembered ?? 0).Contains(password, StringComparer.Ordinal) ? "Password was used before; choose another one" : null);
            if (problem is not null)
            {
                throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: {problem}");
            }

            _passwords.Add(password);
        }
    }

    private static SoapFaultException Rejected(string message) => new(new SoapFault("InvalidAccount", message, []), RejectedStatus);

    /// <summary>What cannot be read is a login of nobody.</summary>
    private static (string User, string Password) Read(string authorization)
    {
        var bytes = new byte[authorization.Length];
        if (AuthenticationHeaderValue.TryParse(authorization, out var header) && Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length))
        {
            var text = Encoding.UTF8.GetString(bytes, 0, length);
            if (text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
            {
                return (text[..colon], text[(colon + 1)..]);
            }
        }

        return ("", "");
    }
}
