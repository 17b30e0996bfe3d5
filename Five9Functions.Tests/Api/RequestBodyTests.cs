using System.Net.Sockets;
using System.Text;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Bodies that are too long, or come too slowly, byte by byte over real connections: each is a problem that says so, and none is a failure of the importer.</summary>
[CancelAfter(120_000)]
public sealed class RequestBodyTests : ApiTest
{
    private const int FortyMegabytes = 40 * 1024 * 1024;

    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T12:00:00Z", ServesHttp = true };

    [TestCase("POST", "integrations", "application/json", "64 KiB")]
    [TestCase("PUT", "integrations/acme/credential", "application/json", "64 KiB")]
    [TestCase("POST", "integrations/acme/imports", "application/json", "64 KiB")]
    [TestCase("PUT", "integrations/acme/schedules?from=2026-11-01&to=2026-11-02", "text/csv", "8192 KiB")]
    public async Task ABodyOf40Megabytes_IsTooLarge(string method, string path, string type, string limit)
    {
        var app = await StartAsync(Setup);

        foreach (var length in new[] { $"Content-Length: {FortyMegabytes}", "Transfer-Encoding: chunked" })
        {
            var answer = await SendAsync(app, method, path, type, length, async send =>
            {
                var part = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
                var chunk = length.StartsWith('T') ? [.. "10000\r\n"u8, .. part, .. "\r\n"u8] : part;
                for (var sent = 0; sent < FortyMegabytes; sent += part.Length)
                {
                    await send(chunk);
                }
            });

            Assert.That(answer, Does.StartWith("HTTP/1.1 413 ").And.Contain("application/problem+json").And.Contain("\"code\":\"body-too-large\"").And.Contain($"The body is longer than {limit}."), length);
        }

        Assert.That(app.Log.Unexpected, Is.Empty);
    }

    [Test]
    public async Task ABodyThatComesTooSlowly_IsGivenUp()
    {
        var app = await StartAsync(Setup);

        // Three bytes of the hundred that were announced. The server waits for five seconds.
        var answer = await SendAsync(app, "POST", "integrations", "application/json", "Content-Length: 100", send => send("{ \""u8.ToArray()));

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contain("application/problem+json").And.Contain("\"code\":\"body-too-slow\"").And.Contain("The body came too slowly"));
        Assert.That(app.Log.Unexpected, Is.Empty);
    }

    [Test]
    public async Task ABodyWhoseChunksAreNone_CannotBeRead()
    {
        var app = await StartAsync(Setup);

        var answer = await SendAsync(app, "POST", "integrations", "application/json", "Transfer-Encoding: chunked", send => send("not a length\r\n"u8.ToArray()));

        Assert.That(answer, Does.StartWith("HTTP/1.1 400 ").And.Contain("\"code\":\"body-unreadable\""));
        Assert.That(app.Log.Unexpected, Is.Empty);
    }

    /// <summary>Sends a request whose body a test writes, and reads what is answered meanwhile or then.</summary>
    private static async Task<string> SendAsync(TestApp app, string method, string path, string type, string length, Func<Func<byte[], Task>, Task> body)
    {
        var address = app.Host.HttpAddress;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, Token);
        var answer = ReadAsync(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"{method} {address.AbsolutePath}{path} HTTP/1.1\r\nHost: {address.Authority}\r\nx-functions-key: {TestApp.HttpKey}\r\nContent-Type: {type}\r\n{length}\r\n\r\n"), Token);
        try
        {
            await body(async bytes =>
            {
                if (!answer.IsCompleted)
                {
                    await socket.SendAsync(bytes, Token);
                }
            });
        }
        catch (SocketException)
        {
            // The server has answered and takes no more.
        }

        return await answer;
    }

    /// <summary>The answer up to the end of its body, which is one JSON object.</summary>
    private static async Task<string> ReadAsync(Socket socket)
    {
        var (answer, buffer) = ("", new byte[64 * 1024]);
        while (!answer.Contains("\r\n\r\n{", StringComparison.Ordinal) && !answer.TrimEnd().EndsWith('}'))
        {
            var read = await socket.ReceiveAsync(buffer, Token);
            if (read == 0)
            {
                break;
            }

            answer += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return answer;
    }
}
