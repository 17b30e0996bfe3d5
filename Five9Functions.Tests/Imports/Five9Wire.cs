using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Five9Functions.Tests.Imports;

/// <summary>What becomes of one call in place of its true answer.</summary>
internal delegate Task WireFault(WireCall call, CancellationToken cancellationToken);

/// <summary>
/// The wire between the importer and the simulated Five9: it passes calls on, and spoils those that a test planned, byte by byte if need be.
/// A connection carries one call.
/// </summary>
internal sealed partial class Five9Wire : IAsyncDisposable
{
    private const byte TlsHandshake = 0x16;

    private readonly Uri _five9;
    private readonly HttpClient _http = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<WireFault>> _planned = new();
    private readonly ConcurrentQueue<(string Operation, string Login)> _calls = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Task _accepting;

    public Five9Wire(Uri five9)
    {
        _five9 = five9;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The calls so far: "2 runReport, 1 isReportRunning", in the order of their first.</summary>
    public string Calls => string.Join(", ", _calls.GroupBy(c => c.Operation).Select(c => $"{c.Count()} {c.Key}"));

    /// <summary>How often each user and password were sent.</summary>
    public IReadOnlyDictionary<string, int> Logins => _calls.GroupBy(c => c.Login).ToDictionary(c => c.Key, c => c.Count());

    /// <summary>The next calls of an operation.</summary>
    public void Next(string operation, WireFault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _planned.GetOrAdd(operation, _ => new()).Enqueue(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAny(_accepting);
        await Task.WhenAny(Task.WhenAll(_serving));
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.SendBufferSize = 4096; // what is sent has nearly all been read
            var request = await ReadAsync(socket);
            var operation = Operation().Match(request).Groups["name"].Value;
            var login = Authorization().Match(request).Groups["basic"].Value;
            _calls.Enqueue((operation, Encoding.UTF8.GetString(Convert.FromBase64String(login))));
            var call = new WireCall(socket, () => TrueAnswerAsync(request, login));
            if (_planned.TryGetValue(operation, out var planned) && planned.TryDequeue(out var fault))
            {
                await fault(call, _stop.Token);
            }
            else
            {
                var (status, body) = await TrueAnswerAsync(request, login);
                await WireFaults.Http(status, body)(call, _stop.Token);
            }
        }
    }

    private async Task<string> ReadAsync(Socket socket)
    {
        var request = "";
        var buffer = new byte[64 * 1024];
        while (!request.Contains("</soap:Envelope>", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            request += read > 0 && buffer[0] != TlsHandshake ? Encoding.UTF8.GetString(buffer, 0, read) : throw new InvalidDataException("That is no call over plain HTTP.");
        }

        return request;
    }

    private async Task<(int Status, string Body)> TrueAnswerAsync(string request, string login)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_five9, "wsadmin/v13/AdminWebService"))
        {
            Content = new StringContent(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Trim(), Encoding.UTF8, "text/xml"),
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
        using var response = await _http.SendAsync(message, _stop.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(_stop.Token));
    }

    [GeneratedRegex("<admin:(?<name>[A-Za-z]+)")]
    private static partial Regex Operation();

    [GeneratedRegex("Authorization: Basic (?<basic>[A-Za-z0-9+/=]+)")]
    private static partial Regex Authorization();
}

/// <summary>A call that came over the wire, and the connection to answer it on.</summary>
internal sealed record WireCall(Socket Socket, Func<Task<(int Status, string Body)>> TrueAnswerAsync)
{
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await Socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public Task SendHeadAsync(int status, IEnumerable<string> headers, CancellationToken cancellationToken) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Said\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n"), cancellationToken);

    /// <summary>The beginning of a chunked answer, as Five9 sends it.</summary>
    public async Task BeginAsync(string part, CancellationToken cancellationToken)
    {
        await SendHeadAsync(200, ["Content-Type: text/xml;charset=utf-8", "Transfer-Encoding: chunked"], cancellationToken);
        await ChunkAsync(part, cancellationToken);
    }

    public Task ChunkAsync(string part, CancellationToken cancellationToken) =>
        SendAsync($"{Encoding.UTF8.GetByteCount(part):x}\r\n{part}\r\n", cancellationToken);
}
