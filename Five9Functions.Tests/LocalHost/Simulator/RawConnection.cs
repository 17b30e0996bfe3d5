using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>One TCP connection to the simulator, and literal HTTP on it: nothing that a client library would put right.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly Stream _stream;

    public RawConnection(Five9Simulator simulator)
    {
        _tcp.Connect("127.0.0.1", simulator.BaseAddress.Port);
        _stream = _tcp.GetStream();
    }

    /// <summary>The user importer@example.com with the password simulated.</summary>
    public const string Login = "Authorization: Basic aW1wb3J0ZXJAZXhhbXBsZS5jb206c2ltdWxhdGVk";

    public static byte[] Post(byte[] body, params string[] headers) => Join(
        [$"POST /wsadmin/v13/AdminWebService HTTP/1.1", "Host: 127.0.0.1", Login, .. headers, $"Content-Length: {body.Length}"], body);

    public static byte[] Join(string[] lines, byte[] body) => [.. Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => l + "\r\n")) + "\r\n"), .. body];

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Status line and headers in one text, and the body without the chunks around it.</summary>
    public async Task<(string Head, string Body)> ReceiveAsync()
    {
        var head = new StringBuilder();
        string line;
        while ((line = await LineAsync()).Length > 0)
        {
            head.Append(line).Append('\n');
        }

        if (!head.ToString().Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return (head.ToString(), "");
        }

        var body = new List<byte>();
        int length;
        do
        {
            length = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = new byte[length];
            await _stream.ReadExactlyAsync(chunk);
            body.AddRange(chunk);
            await LineAsync();
        }
        while (length > 0);
        return (head.ToString(), Encoding.UTF8.GetString([.. body]));
    }

    /// <summary>What is inside the envelope's body of the next answer.</summary>
    public async Task<XElement> PayloadAsync()
    {
        var (_, body) = await ReceiveAsync();
        return XDocument.Parse(body).Root!.Element(SoapCaller.Env + "Body")!.Elements().Single();
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<string> LineAsync()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }
    }
}
