using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>
/// The settings that a stored day of calls follows from, in a few words: the grouping in clear, because readers look at it, and the
/// digest of all the others. A day with another text is derived again from its raw days.
/// </summary>
internal static class CallSettings
{
    private const int DigestDigits = 16;

    /// <summary>Such as <c>grouping=skill;settings=0123456789abcdef</c>.</summary>
    public static string Of(Integration integration)
    {
        var rules = integration.CallRules;
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"{rules.TalkIncludesHold} {rules.WaitIncludesRing} {integration.StoreCalls} {integration.KeepCustomerData} {Text(rules.Thresholds)}"));
        foreach (var (queue, thresholds) in rules.ThresholdsOfQueues.OrderBy(own => own.Key, StringComparer.Ordinal))
        {
            // The length tells where a name ends, whatever it holds.
            text.Append(CultureInfo.InvariantCulture, $"\n{queue.Length} {queue} {Text(thresholds)}");
        }

        return $"{GroupingInput.Of(rules.Grouping)};settings={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..DigestDigits]}";
    }

    /// <summary>
    /// What began before a setting was changed must not write by the old one after others wrote by the new one. It asks after the manifest
    /// was read, and its write fails if that moves: so the old setting never comes last.
    /// </summary>
    /// <exception cref="StaleSettingsException">They are others by now.</exception>
    public static async Task RequireCurrentAsync(IntegrationTable integrations, Integration integration, CancellationToken cancellationToken)
    {
        if (await integrations.FindAsync(integration.Id, cancellationToken) is { } now && Of(now) != Of(integration))
        {
            throw new StaleSettingsException(integration.Id);
        }
    }

    private static string Text(CallThresholds thresholds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(thresholds.ServiceLevel)}/{Milliseconds(thresholds.ShortAbandon)}");

    private static long Milliseconds(Duration duration) => (long)duration.TotalMilliseconds;
}
