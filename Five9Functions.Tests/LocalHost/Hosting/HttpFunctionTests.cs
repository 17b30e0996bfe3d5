using System.Net;

namespace Five9Functions.Tests.LocalHost.Hosting;

public sealed class HttpFunctionTests
{
    private const string Key = "k 1";

    private HostBench _bench = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = HostBench.WithHttp<Orders>(Key);
        await _bench.Host.StartAsync(Token);
        _http = new HttpClient { BaseAddress = _bench.Host.HttpAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _bench.DisposeAsync();
    }

    [Test]
    public async Task AKey_IsTakenFromTheHeaderOrTheParameter()
    {
        Assert.That(await AskAsync("orders/7?colour=blue", Key), Is.EqualTo((HttpStatusCode.OK, "7|blue|True")));
        Assert.That(await AskAsync("orders/7?code=k%201", ""), Is.EqualTo((HttpStatusCode.OK, "7||True")));
    }

    [TestCase("")]
    [TestCase("k 2")]
    public async Task WithoutTheKey_NothingRuns(string key)
    {
        Assert.That(await AskAsync("orders/7", key), Is.EqualTo((HttpStatusCode.Unauthorized, "")));
        Assert.That(_bench.Finished, Is.Zero);
    }

    [Test]
    public async Task AnAnonymousFunction_NeedsNoKey() => Assert.That(await AskAsync("alive", ""), Is.EqualTo((HttpStatusCode.OK, "/api/alive")));

    [TestCase("GET", "nothing")]
    [TestCase("DELETE", "orders/7")]
    public async Task WhatNoFunctionHas_IsNotFound(string method, string path) => Assert.That((await AskAsync(path, Key, method)).Status, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task WhatAFunctionThrows_IsAnErrorWithoutItsWords()
    {
        Assert.That(await AskAsync("orders", Key, "POST"), Is.EqualTo((HttpStatusCode.InternalServerError, "")));
        Assert.That((await _bench.NextFinishedAsync(Token)).Error!.Message, Is.EqualTo("no room for POST"));
    }

    [Test]
    public async Task ARouteValue_IsDecodedOnce() => Assert.That((await AskAsync("orders/a%2520b%20%C3%A9", Key)).Text, Is.EqualTo("a%20b é||True"));

    [Test]
    public async Task AStoppingHost_LetsARequestEnd()
    {
        var asked = AskAsync("slow", Key);
        await _bench.Probe.NextAsync(Token);
        var stopping = _bench.Host.StopAsync(Token);
        _bench.Probe.Gate.Release();

        Assert.That(await asked, Is.EqualTo((HttpStatusCode.OK, "done")));
        await stopping;
        Assert.That(async () => await AskAsync("alive", ""), Throws.TypeOf<HttpRequestException>());
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string path, string key, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key.Length > 0)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await _http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
