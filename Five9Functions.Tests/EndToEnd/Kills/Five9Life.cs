using System.Text.RegularExpressions;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>Ties an instance's calls to Five9 to its life.</summary>
internal sealed partial class Five9Life(InstanceLife life) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = Operation().Match(await request.Content!.ReadAsStringAsync(cancellationToken)).Groups["name"].Value;
        HttpResponseMessage? response = null;
        await life.PassAsync(new InstanceRequest(operation), async () => (response = await base.SendAsync(request, cancellationToken)).IsSuccessStatusCode);
        return response!;
    }

    [GeneratedRegex("<(admin|supervisor):(?<name>[A-Za-z]+)")]
    private static partial Regex Operation();
}
