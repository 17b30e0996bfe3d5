using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Five9Functions.Api;
using Five9Functions.Api.Queries;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Tests.Api.Queries;

[CancelAfter(60_000)]
public sealed class RowsAnswerTests
{
    private const int RowBytes = 1024;

    private static readonly IReadOnlyList<Column<Row>> Columns =
    [
        Column.Text<Row>("name", row => row.Name), Column.Number<Row>("count", row => row.Count), Column.Decimal<Row>("share", 2, row => row.Share), Column.Words<Row>("words", row => row.Words),
    ];

    private static readonly Row[] Three =
    [
        new("Zoë", 1, 0.125m, ["a", "b"]), new("O'Brien, \"Bob\"\r\n", null, null, []), new("=1+1", -3, 2.000m, ["+"]),
    ];

    [Test]
    public async Task Json_IsAPage_AndItsTokenLeadsToTheNext()
    {
        await using var server = await ServeAsync(Three);

        var first = await server.Http.GetStringAsync("?limit=2");
        var token = first.Split("\"continuation\":\"")[1].TrimEnd('"', '}');

        Assert.That(first, Does.StartWith("""{"items":[{"name":"Zoë","count":1,"share":0.13,"words":["a","b"]},{"name":"O'Brien, \"Bob\"\r\n","words":[]}],"continuation":"""));
        Assert.That(await server.Http.GetStringAsync($"?limit=2&continuation={token}"), Is.EqualTo("""{"items":[{"name":"=1+1","count":-3,"share":2,"words":["+"]}]}"""));
        Assert.That(await server.Http.GetStringAsync("?limit=3"), Does.Not.Contain("continuation"));
    }

    [Test]
    public async Task Csv_IsAllOfThem_AsRfc4180_WithValuesAsTheyAre()
    {
        await using var server = await ServeAsync(Three);

        var reply = await GetAsync(server, "", "text/csv");

        Assert.That(reply.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv; charset=utf-8; header=present"));
        Assert.That(
            await reply.Content.ReadAsStringAsync(),
            Is.EqualTo("name,count,share,words\r\nZoë,1,0.13,\"a,b\"\r\n\"O'Brien, \"\"Bob\"\"\r\n\",,,\r\n=1+1,-3,2,+\r\n"));
    }

    [Test]
    public async Task WithoutRows_AHeaderOrAnEmptyPage()
    {
        await using var server = await ServeAsync([]);

        Assert.That(await (await GetAsync(server, "", "text/csv")).Content.ReadAsStringAsync(), Is.EqualTo("name,count,share,words\r\n"));
        Assert.That(await server.Http.GetStringAsync(""), Is.EqualTo("""{"items":[]}"""));
    }

    [TestCase("*/*", "application/json")]
    [TestCase("text/*", "text/csv")]
    [TestCase("text/csv;q=0.5, application/json", "application/json")]
    [TestCase("application/json;q=0.5, text/csv", "text/csv")]
    [TestCase("*/*, application/json;q=0", "text/csv")]
    [TestCase("text/html, */*;q=0.1", "application/json")]
    [TestCase("text/csv; header=present", "text/csv")]
    public async Task Accept_IsWhatIsMostWelcome(string accept, string type)
    {
        await using var server = await ServeAsync(Three);

        Assert.That((await GetAsync(server, "", accept)).Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
    }

    [TestCase("application/xml", "", 406, "not-acceptable")]
    [TestCase("text/csv;q=0", "", 406, "not-acceptable")]
    [TestCase("csv", "", 406, "not-acceptable")]
    [TestCase("text/csv", "?limit=2", 400, "invalid")]
    [TestCase("*/*", "?limit=0", 400, "invalid")]
    [TestCase("*/*", "?limit=10001", 400, "invalid")]
    [TestCase("*/*", "?continuation=AAAA", 400, "continuation-of-another")]
    public async Task WhatCannotBeServed_IsAProblem(string accept, string query, int status, string code)
    {
        await using var server = await ServeAsync(Three);

        var reply = await GetAsync(server, query, accept);

        Assert.That(((int)reply.StatusCode, reply.Content.Headers.ContentType!.MediaType), Is.EqualTo((status, "application/problem+json")));
        Assert.That(await reply.Content.ReadAsStringAsync(), Does.Contain($"\"code\":\"{code}\""));
    }

    [Test]
    public async Task WhatFailsBeforeTheFirstRow_IsAProblem()
    {
        await using var server = await ServeAsync(new Rows { FailAt = 0 });

        Assert.That((int)(await GetAsync(server, "", "text/csv")).StatusCode, Is.EqualTo(500));
    }

    [TestCase("text/csv")]
    [TestCase("application/json")]
    public async Task WhatFailsLater_BreaksTheConnection(string accept)
    {
        await using var server = await ServeAsync(new Rows { FailAt = 900, Count = 1000 });

        var reply = await GetAsync(server, "", accept);

        Assert.That((int)reply.StatusCode, Is.EqualTo(200));
        Assert.That(async () => await reply.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ACallerWhoDoesNotRead_StopsTheReading(bool asCsv)
    {
        var rows = new Rows { Count = 9_000 };
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * RowBytes, resumeWriterThreshold: 32 * RowBytes, useSynchronizationContext: false));
        var context = new DefaultHttpContext();
        context.Response.Body = pipe.Writer.AsStream();
        var answer = await RowsAnswer<Row>.BeginAsync(new RowsRequest(context.Request, asCsv, 10_000, null), Columns, row => new Position(row.Name), rows.ReadAsync(CancellationToken.None), CancellationToken.None);

        // The rows come at once, so what stops it can only be that nobody reads.
        var sending = answer.ExecuteAsync(context);

        Assert.That(sending.IsCompleted, Is.False);
        Assert.That(rows.Told, Is.InRange(60, 100));
        var (received, ended) = (0L, EndAsync());
        for (var read = await pipe.Reader.ReadAsync(); !read.IsCompleted; read = await pipe.Reader.ReadAsync())
        {
            received += read.Buffer.Length;
            pipe.Reader.AdvanceTo(read.Buffer.End);
            Assert.That((rows.Told * RowBytes) - received, Is.LessThan(128 * RowBytes));
        }

        await ended;
        Assert.That(rows.Told, Is.EqualTo(9_000));

        async Task EndAsync()
        {
            await sending;
            await pipe.Writer.CompleteAsync();
        }
    }

    [Test]
    public async Task ALongAnswer_IsOnItsWay_WhileItsRowsAreRead()
    {
        var rows = new Rows { Count = 64 * 1024 };
        await using var server = await ServeAsync(rows);

        using var request = new HttpRequestMessage(HttpMethod.Get, "") { Headers = { { "Accept", "text/csv" } } };
        using var reply = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await reply.Content.ReadAsStreamAsync();
        var (buffer, received, ahead) = (new byte[64 * 1024], 0L, 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            ahead = Math.Max(ahead, (rows.Told * (long)RowBytes) - received);
            received += read;
        }

        Assert.That(received, Is.GreaterThan(64L * 1024 * RowBytes));
        Assert.That(ahead, Is.LessThan(32L * 1024 * RowBytes), "64 MiB are told, and never more than what sockets hold of them is ahead of who reads them.");
    }

    private static async Task<HttpResponseMessage> GetAsync(AnswerServer server, string query, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static Task<AnswerServer> ServeAsync(Row[] rows) => AnswerServer.StartAsync((request, token) =>
    {
        var asked = RowsRequest.Of(request, new RequestQuery(request, RowsRequest.Parameters));
        return RowsAnswer<Row>.BeginAsync(asked, Columns, row => new Position(row.Name), rows.SkipWhile(row => asked.From is { } from && row.Name != from.Text(0)).ToAsyncEnumerable(), token);
    });

    private static Task<AnswerServer> ServeAsync(Rows rows) => AnswerServer.StartAsync((request, token) =>
        RowsAnswer<Row>.BeginAsync(RowsRequest.Of(request, new RequestQuery(request, RowsRequest.Parameters)), Columns, row => new Position(row.Name), rows.ReadAsync(token), token));

    private sealed record Row(string Name, long? Count, decimal? Share, IReadOnlyList<string> Words);

    /// <summary>Rows of about a KiB that are there at once.</summary>
    private sealed class Rows
    {
        private int _told;

        public int Count { get; init; } = int.MaxValue;

        public int FailAt { get; init; } = int.MaxValue;

        public int Told => Volatile.Read(ref _told);

        public async IAsyncEnumerable<Row> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            var name = new string('x', RowBytes);
            for (var i = 0; i < Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return i < FailAt ? new Row(name, i, null, []) : throw new InvalidDataException("a fault in the middle");
                Interlocked.Increment(ref _told);
            }
        }
    }
}
