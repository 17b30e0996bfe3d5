using Five9Functions.Problems;
namespace Five9Functions.Credentials;

/// <summary>What came of reading a secret.</summary>
public abstract record SecretReading
{
    private SecretReading()
    {
    }

    public sealed record Held(Five9Secret Secret) : SecretReading;

    /// <summary>The vault answered, but there is nothing to log in with until a person changes something.</summary>
    public sealed record Refused(ImportError Error) : SecretReading;

    /// <summary>The vault did not answer; it will again.</summary>
    /// <param name="RetryAfter">How long the vault asked to wait, if it said so.</param>
    public sealed record Unreachable(string Text, TimeSpan? RetryAfter = null) : SecretReading;
}
