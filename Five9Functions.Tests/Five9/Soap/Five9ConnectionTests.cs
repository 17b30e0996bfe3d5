using System.Net;
using System.Net.Sockets;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

/// <summary>The client as it is registered, over real connections that end well or badly.</summary>
public sealed class Five9ConnectionTests
{
    private static readonly string Answer = Response("getReportResultCsv", "<return>A,B\n1,2\n</return>");

    /// <summary>More than is read ahead, and then no more.</summary>
    private static readonly string Begun = Answer[..Answer.IndexOf("</return>", StringComparison.Ordinal)] + string.Concat(Enumerable.Repeat("3,4\n", 100_000));

    private readonly FakeTimeProvider _time = new();
    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddFive9AdminClient();
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    [TearDown]
    public void TearDown() => _services.Dispose();

    [Test]
    public async Task AChunkedAnswer_IsRead_AndItsCookieIsNot()
    {
        await using var server = new ScriptedSocket((socket, token) => ScriptedSocket.SendAsync(socket, Answer.Chunk(7).Select(c => new string(c)), end: true, token));

        Assert.That(await ReadAsync(server.Address), Is.EqualTo("A,B\n1,2\n"));
        Assert.That(server.Request, Does.Contain("POST /wsadmin/v13/AdminWebService HTTP/1.1").And.Contain("Authorization: Basic "));
    }

    [TestCase(0)]
    [TestCase(250)] // before the text
    [TestCase(-75)] // in the text
    [TestCase(-1)] // in the last closing tag
    public async Task AnAnswerThatEndsEarly_DoesNotCount(int at)
    {
        var part = Answer[..(at < 0 ? Answer.Length + at : at)];
        await using var server = new ScriptedSocket((socket, token) => ScriptedSocket.SendAsync(socket, [part], end: true, token));

        Assert.That(() => ReadAsync(server.Address), Throws.TypeOf<Five9TransientException>());
    }

    [Test]
    public async Task AnAnswerThatEndsAfterAWholeRow_SaysSo()
    {
        var part = Answer[..Answer.IndexOf("</return>", StringComparison.Ordinal)];
        await using var server = new ScriptedSocket((socket, token) => ScriptedSocket.SendAsync(socket, [part], end: true, token));

        Assert.That(() => ReadAsync(server.Address), Throws.TypeOf<Five9TransientException>().With.Message.EqualTo(
            "The answer of Five9 at 127.0.0.1 to getReportResultCsv ended before its closing tags; nothing of it is used."));
    }

    [Test]
    public async Task AConnectionThatIsReset_IsTransient()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedSocket(async (socket, token) =>
        {
            await ScriptedSocket.SendAsync(socket, [Begun], end: false, token);
            await read.Task; // else the reset could overtake the answer
            ScriptedSocket.Reset(socket);
        });

        Assert.That(
            () => ReadAsync(server.Address, async (csv, token) =>
            {
                await csv.ReadAsync(new char[2], token);
                read.SetResult();
                return await csv.ReadToEndAsync(token);
            }),
            Throws.TypeOf<Five9TransientException>().With.Message.EqualTo("The connection to Five9 at 127.0.0.1 broke in the middle of the answer to getReportResultCsv; nothing of it is used."));
    }

    [Test]
    public async Task AnUnauthorizedAnswerThatBreaksOff_IsStillARejectedLogin()
    {
        await using var server = new ScriptedSocket(async (socket, token) =>
        {
            await socket.SendAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\n<html>"u8.ToArray(), token);
            socket.Shutdown(SocketShutdown.Send);
        });

        Assert.That(() => ReadAsync(server.Address), Throws.TypeOf<Five9CredentialRejectedException>());
    }

    [Test]
    public async Task ARedirect_IsNotFollowed()
    {
        await using var server = new ScriptedSocket((socket, token) =>
            socket.SendAsync("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token).AsTask());

        Assert.That(() => ReadAsync(server.Address), Throws.TypeOf<Five9MisconfiguredException>());
    }

    [Test]
    public void NobodyThere_IsTransient()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://{free.LocalEndpoint}/");
        free.Stop();

        Assert.That(() => ReadAsync(address), Throws.TypeOf<Five9TransientException>().With.Message.EqualTo(
            "Five9 at 127.0.0.1 could not be reached for getReportResultCsv: nobody accepts the connection. If it stays so, check the region of the integration and the network."));
    }

    [Test]
    public async Task ADownloadThatNeverBegins_IsGivenUpAfterTwoMinutes()
    {
        await using var server = new ScriptedSocket((_, token) => Task.Delay(Timeout.Infinite, token));

        var call = ReadAsync(server.Address);
        await server.Asked;
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.That(call.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => call, Throws.TypeOf<Five9TransientException>().With.Message.EqualTo("Five9 at 127.0.0.1 sent nothing for 120 s during getReportResultCsv."));
    }

    [Test]
    public async Task ADownload_HasTenMinutes()
    {
        await using var server = new ScriptedSocket((socket, token) => ScriptedSocket.SendAsync(socket, [Answer], end: true, token));

        Assert.That(
            () => ReadAsync(server.Address, async (csv, token) =>
            {
                await csv.ReadAsync(new char[2], token);
                _time.Advance(TimeSpan.FromMinutes(10));
                return await csv.ReadToEndAsync(token);
            }),
            Throws.TypeOf<Five9TransientException>().With.Message.EqualTo("Five9 at 127.0.0.1 did not finish getReportResultCsv within 600 s."));
    }

    [Test]
    public async Task AnyOtherCall_HasAMinute_AndTheTimeThatItAskedFor()
    {
        await using var server = new ScriptedSocket((_, token) => Task.Delay(Timeout.Infinite, token));

        var call = Client().IsReportRunningAsync(LoginAt(server.Address), "ID", TimeSpan.FromSeconds(2), CancellationToken.None);
        await server.Asked;
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(call.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => call, Throws.TypeOf<Five9TransientException>().With.Message.EqualTo("Five9 at 127.0.0.1 did not finish isReportRunning within 62 s."));
    }

    [Test]
    public async Task TheCallersCancellation_StaysACancellation()
    {
        await using var server = new ScriptedSocket((_, token) => Task.Delay(Timeout.Infinite, token));
        using var caller = new CancellationTokenSource();

        var call = Client().GetCallCountersAsync(LoginAt(server.Address), caller.Token);
        await server.Asked;
        await caller.CancelAsync();

        Assert.That(() => call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task TheCallersCancellation_InTheMiddleOfADownload_StaysACancellation()
    {
        await using var server = new ScriptedSocket(async (socket, token) =>
        {
            await ScriptedSocket.SendAsync(socket, [Begun], end: false, token);
            await Task.Delay(Timeout.Infinite, token);
        });
        using var caller = new CancellationTokenSource();

        Assert.That(
            () => Client().ReadReportCsvAsync(LoginAt(server.Address), "ID", async (csv, _) =>
            {
                var text = csv.ReadToEndAsync(CancellationToken.None); // the stream itself knows the caller's token
                await caller.CancelAsync();
                return await text;
            }, caller.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static Five9Login LoginAt(Uri address) => Login with { Host = address };

    private Five9AdminClient Client() => _services.GetRequiredService<Five9AdminClient>();

    private Task<string> ReadAsync(Uri address) => ReadAsync(address, (csv, token) => csv.ReadToEndAsync(token));

    private Task<string> ReadAsync(Uri address, Func<TextReader, CancellationToken, Task<string>> read) =>
        Client().ReadReportCsvAsync(LoginAt(address), "ID", read, CancellationToken.None);
}
