using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Five9Functions.Tests.Five9;

/// <summary>A server that takes one connection, reads one request and then writes exactly the bytes it is told to, or breaks off.</summary>
internal sealed class ScriptedSocket : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    public ScriptedSocket(Func<Socket, CancellationToken, Task> answer)
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _serving = ServeAsync(answer);
    }

    public Uri Address { get; }

    /// <summary>The request was read, and the answer is next.</summary>
    public Task Asked => _asked.Task;

    public string Request { get; private set; } = "";

    /// <summary>An answer as Five9 sends it: chunked, without a length; a part is a chunk.</summary>
    public static async Task SendAsync(Socket socket, IEnumerable<string> parts, bool end, CancellationToken cancellationToken)
    {
        await WriteAsync(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nSet-Cookie: JSESSIONID=1\r\nTransfer-Encoding: chunked\r\n\r\n", cancellationToken);
        foreach (var part in parts)
        {
            await WriteAsync(socket, $"{Encoding.UTF8.GetByteCount(part):x}\r\n{part}\r\n", cancellationToken);
        }

        if (end)
        {
            await WriteAsync(socket, "0\r\n\r\n", cancellationToken);
        }
    }

    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAny(_serving);
        _stop.Dispose();
    }

    private static async Task WriteAsync(Socket socket, string text, CancellationToken cancellationToken) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> answer)
    {
        using var socket = await _listener.AcceptSocketAsync(_stop.Token);
        var buffer = new byte[64 * 1024];
        while (!Request.Contains("</soap:Envelope>", StringComparison.Ordinal))
        {
            Request += Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, _stop.Token));
        }

        _asked.SetResult();
        await answer(socket, _stop.Token);
    }
}
