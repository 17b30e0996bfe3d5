using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>The configuration section <c>Rotation</c>: when the importer changes passwords that it manages, and for how long.</summary>
public sealed class RotationOptions
{
    public const string Section = "Rotation";

    /// <summary>How long before its expiry a password is changed, and everybody is warned of one that is not ours to change.</summary>
    public TimeSpan NearExpiry { get; set; } = TimeSpan.FromDays(30);

    /// <summary>For how long a new password is, where Five9's domain does not say.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>For how long versions that were replaced stay enabled in the key vault.</summary>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateRotation : IValidateOptions<RotationOptions>
{
    public ValidateOptionsResult Validate(string? name, RotationOptions options)
    {
        List<string> problems =
        [
            .. Between(nameof(options.NearExpiry), options.NearExpiry, TimeSpan.FromDays(1), TimeSpan.FromDays(365)),
            .. Between(nameof(options.Lifetime), options.Lifetime, TimeSpan.FromDays(1), TimeSpan.FromDays(3650)),
            .. Between(nameof(options.GracePeriod), options.GracePeriod, TimeSpan.Zero, TimeSpan.FromDays(365)),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Between(string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most ? [] : [$"{RotationOptions.Section}:{key} is {value}; it must be between {least} and {most}."];
}
