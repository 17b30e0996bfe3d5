using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>A test that calls the HTTP functions of an app of its own.</summary>
public abstract class ApiTest : EndToEndTest
{
    private readonly List<ApiClient> _clients = [];

    private protected async Task<(TestApp App, ApiClient Api)> ServeAsync(TestSetup setup)
    {
        var app = await StartAsync(setup with { ServesHttp = true });
        return (app, ClientOf(app));
    }

    /// <summary>Another one after the app was started again.</summary>
    private protected ApiClient ClientOf(TestApp app, int instance = 0)
    {
        _clients.Add(new ApiClient(app.HostOf(instance).HttpAddress));
        return _clients[^1];
    }

    [TearDown]
    public void CloseClients() => _clients.ForEach(client => client.Dispose());
}
