using System.Globalization;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>What a new password must hold, as getVCCConfiguration tells it. Five9 does not say which characters are special ones: here, whatever is neither letter nor digit.</summary>
/// <param name="Remembered">How many of the last passwords, the one in force included, may not be used again; 0 for none.</param>
/// <param name="ExpiresDays">Told, not enforced.</param>
public sealed record SimulatedPasswordPolicy(int MinLength = 8, int MinCapitals = 1, int MinNumbers = 1, int MinSpecial = 1, int Remembered = 3, int ExpiresDays = 90)
{
    /// <summary>What is wrong with a password by itself; null for nothing.</summary>
    internal string? Problem(string password) =>
        password.Length < MinLength ? $"Password must be at least {MinLength} characters long"
        : password.Count(char.IsUpper) < MinCapitals ? $"Password must contain at least {MinCapitals} capital characters"
        : password.Count(char.IsDigit) < MinNumbers ? $"Password must contain at least {MinNumbers} number characters"
        : password.Count(c => !char.IsLetterOrDigit(c)) < MinSpecial ? $"Password must contain at least {MinSpecial} special characters"
        : null;

    internal void WriteTo(SoapWriter writer)
    {
        writer.Open("passwordPolicies");
        foreach (var (name, value) in new[]
        {
            ("adminLoginAttempts", SimulatedAccount.LockedAfter), ("enforcePasswordHistory", Remembered), ("loginAttempts", SimulatedAccount.LockedAfter),
            ("minCapitalCharacters", MinCapitals), ("minNumberCharacters", MinNumbers), ("minPasswordLength", MinLength), ("minSpecialCharacters", MinSpecial), ("passwordExpires", ExpiresDays),
        })
        {
            writer.Element(name, value.ToString(CultureInfo.InvariantCulture));
        }

        writer.Close("passwordPolicies");
    }
}
