using Five9Functions.Integrations;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Brings calls of Five9's own hosts to the simulator, whatever the region. Other hosts are called as they are.</summary>
internal sealed class Five9sOwnHosts(Uri simulator) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Five9Region.IsHost(Five9Host.NameOf(request.RequestUri!)))
        {
            request.RequestUri = new Uri(simulator, request.RequestUri!.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
