using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api.Queries;

/// <summary>
/// Rows as an answer that is sent while they are read: a page of JSON, or all of them as CSV (RFC 4180, UTF-8, with a header). What is
/// not yet sent is some kilobytes; a caller who reads slowly makes the reading slow.
/// </summary>
internal sealed class RowsAnswer<T> : IResult
{
    private const int SentAtOnce = 16 * 1024;

    private readonly RowsRequest _asked;
    private readonly IReadOnlyList<Column<T>> _columns;
    private readonly Func<T, Position> _positionOf;
    private readonly Action<Utf8JsonWriter>? _tail;
    private readonly Action<IHeaderDictionary>? _csvHeaders;
    private readonly IAsyncEnumerator<T> _rows;
    private bool _isRow;

    private RowsAnswer(RowsRequest asked, IReadOnlyList<Column<T>> columns, Func<T, Position> positionOf, IAsyncEnumerator<T> rows, Action<Utf8JsonWriter>? tail, Action<IHeaderDictionary>? csvHeaders) =>
        (_asked, _columns, _positionOf, _rows, _tail, _csvHeaders) = (asked, columns, positionOf, rows, tail, csvHeaders);

    /// <summary>Reads the first row: whatever is wrong shows before a status is sent.</summary>
    /// <param name="positionOf">Where a page would begin that begins with the row.</param>
    /// <param name="rows">From the asked position on, in an order that stays the same.</param>
    /// <param name="tail">Members that a page has besides its items, written when these are known.</param>
    /// <param name="csvHeaders">What CSV, which has rows alone, tells of all of them.</param>
    public static async Task<IResult> BeginAsync(
        RowsRequest asked, IReadOnlyList<Column<T>> columns, Func<T, Position> positionOf, IAsyncEnumerable<T> rows, CancellationToken cancellationToken, Action<Utf8JsonWriter>? tail = null,
        Action<IHeaderDictionary>? csvHeaders = null)
    {
        var enumerator = rows.GetAsyncEnumerator(cancellationToken);
        var answer = new RowsAnswer<T>(asked, columns, positionOf, enumerator, tail, csvHeaders);
        try
        {
            await answer.NextAsync();
            return answer;
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var _ = _rows;
        var response = httpContext.Response;
        response.ContentType = _asked.AsCsv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        if (_asked.AsCsv)
        {
            _csvHeaders?.Invoke(response.Headers);
        }

        await (_asked.AsCsv ? WriteCsvAsync(response, httpContext.RequestAborted) : WriteJsonAsync(response, httpContext.RequestAborted));
    }

    private async Task NextAsync() => _isRow = await _rows.MoveNextAsync();

    private async Task WriteJsonAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteStartArray("items");
        for (var i = 0; i < _asked.Limit && _isRow; i++)
        {
            json.WriteStartObject();
            foreach (var column in _columns)
            {
                column.Json(json, _rows.Current);
            }

            json.WriteEndObject();
            if (buffer.Length + json.BytesPending >= SentAtOnce)
            {
                json.Flush();
                await SendAsync(response, buffer, cancellationToken);
            }

            await NextAsync();
        }

        json.WriteEndArray();
        _tail?.Invoke(json);
        if (_isRow)
        {
            json.WriteString(Continuation.Parameter, Continuation.After(_asked.Request, _positionOf(_rows.Current).ToString()));
        }

        json.WriteEndObject();
        json.Flush();
        await SendAsync(response, buffer, cancellationToken);
    }

    private async Task WriteCsvAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using var csv = CsvWriter.Create(buffer, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = false }, leaveOpen: true);
        Write(csv, _columns.Select(column => column.Name));
        while (_isRow)
        {
            Write(csv, _columns.Select(column => column.Csv(_rows.Current)));
            csv.Flush();
            if (buffer.Length >= SentAtOnce)
            {
                await SendAsync(response, buffer, cancellationToken);
            }

            await NextAsync();
        }

        csv.Flush();
        await SendAsync(response, buffer, cancellationToken);
    }

    private static void Write(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    private static async Task SendAsync(HttpResponse response, MemoryStream buffer, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        buffer.SetLength(0);
    }
}
