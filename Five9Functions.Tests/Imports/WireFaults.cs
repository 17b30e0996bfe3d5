using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace Five9Functions.Tests.Imports;

/// <summary>What can go wrong on the way.</summary>
internal static class WireFaults
{
    private const string Row = "2026/11/02,03:59:59,cut,,Ready,,,00:00:01\n";

    /// <summary>A whole answer of somebody's.</summary>
    public static WireFault Http(int status, string body, string contentType = "text/xml; charset=utf-8", params string[] headers) =>
        Http(status, Encoding.UTF8.GetBytes(body), [$"Content-Type: {contentType}", .. headers]);

    /// <summary>Five9's answer to an operation.</summary>
    public static WireFault Answer(string operation, string content) => Http(200, Tests.Five9.ScriptedFive9.Response(operation, content));

    public static WireFault Fault(string name, string text, string detail = "", int status = 500) => Http(status, Tests.Five9.ScriptedFive9.NamedFault(name, text, detail));

    /// <summary>The true answer up to this text; HTTP says that it is whole.</summary>
    public static WireFault CutBefore(string text) => async (call, token) =>
    {
        await call.BeginAsync(await BeginningAsync(call, text), token);
        await call.SendAsync("0\r\n\r\n", token);
    };

    /// <summary>The true answer up to its last row and many more rows, most of which were read when the connection is reset.</summary>
    public static WireFault Reset => async (call, token) =>
    {
        await call.BeginAsync(await BeginningAsync(call, "</return>"), token);
        await call.ChunkAsync(string.Concat(Enumerable.Repeat(Row, 4000)), token);
        call.Socket.LingerState = new LingerOption(true, 0);
        call.Socket.Close();
    };

    /// <summary>Nothing comes; the connection stays.</summary>
    public static WireFault Hang(TaskCompletionSource asked) => async (_, token) =>
    {
        asked.SetResult();
        await Task.Delay(Timeout.Infinite, token);
    };

    /// <summary>A row or so comes, and then nothing; the connection stays.</summary>
    public static WireFault FallSilent(TaskCompletionSource asked) => async (call, token) =>
    {
        await call.BeginAsync(await BeginningAsync(call, "</return>"), token);
        await Hang(asked)(call, token);
    };

    /// <summary>A row every five seconds, without end.</summary>
    public static WireFault Trickle(TaskCompletionSource asked, TimeProvider time) => async (call, token) =>
    {
        await call.BeginAsync(await BeginningAsync(call, "</return>"), token);
        asked.SetResult();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), time, token);
            await call.ChunkAsync(Row, token);
        }
    };

    /// <summary>The true answer up to its last row, and then a byte a second, without end.</summary>
    public static WireFault Drip(TaskCompletionSource asked, TimeProvider time) => async (call, token) =>
    {
        await call.BeginAsync(await BeginningAsync(call, "</return>"), token);
        asked.SetResult();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, token);
            await call.ChunkAsync(" ", token);
        }
    };

    /// <summary>Something, and then something else again and again, until the caller has had enough.</summary>
    public static WireFault Endless(string start, string part, int status = 200) => async (call, token) =>
    {
        var parts = string.Concat(Enumerable.Repeat(part, 1000));
        await call.SendHeadAsync(status, ["Content-Type: text/xml;charset=utf-8", "Transfer-Encoding: chunked"], token);
        try
        {
            await call.ChunkAsync(start + parts, token);
            while (true)
            {
                await call.ChunkAsync(parts, token);
            }
        }
        catch (SocketException)
        {
            // It hung up.
        }
    };

    /// <summary>The true answer in another encoding, without an XML declaration.</summary>
    public static WireFault Encoded(Encoding encoding, string contentType) => async (call, token) =>
    {
        var (status, body) = await call.TrueAnswerAsync();
        var content = body.StartsWith("<?xml", StringComparison.Ordinal) ? body[(body.IndexOf("?>", StringComparison.Ordinal) + 2)..] : body;
        await Http(status, encoding.GetBytes(content), [$"Content-Type: {contentType}"])(call, token);
    };

    /// <summary>The true answer, compressed.</summary>
    public static WireFault Compressed => async (call, token) =>
    {
        var (status, body) = await call.TrueAnswerAsync();
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body), token);
        }

        await Http(status, compressed.ToArray(), ["Content-Type: text/xml", "Content-Encoding: gzip"])(call, token);
    };

    /// <summary>The true answer, called what it is not.</summary>
    public static WireFault CalledCompressed => async (call, token) =>
    {
        var (status, body) = await call.TrueAnswerAsync();
        await Http(status, Encoding.UTF8.GetBytes(body), ["Content-Type: text/xml", "Content-Encoding: gzip"])(call, token);
    };

    /// <summary>The true answer under another content type.</summary>
    public static WireFault Labelled(string contentType) => async (call, token) =>
    {
        var (status, body) = await call.TrueAnswerAsync();
        await Http(status, body, contentType)(call, token);
    };

    private static WireFault Http(int status, byte[] body, IEnumerable<string> headers) => async (call, token) =>
    {
        await call.SendHeadAsync(status, [.. headers, $"Content-Length: {body.Length}"], token);
        await call.SendAsync(body, token);
        call.Socket.Shutdown(SocketShutdown.Send);
        await call.Socket.ReceiveAsync(new byte[1], token); // until the caller has read all and closes
    };

    private static async Task<string> BeginningAsync(WireCall call, string before)
    {
        var (_, body) = await call.TrueAnswerAsync();
        return body[..body.IndexOf(before, StringComparison.Ordinal)];
    }
}
