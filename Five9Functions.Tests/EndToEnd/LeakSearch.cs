using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.IO.Compression;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>
/// Looks for passwords, in every form that they travel in, in all that it is shown: by itself in the log with its values and scopes, in the
/// events of Azure's SDK and of HttpClient, in traces, and in every exception that is thrown.
/// </summary>
internal sealed class LeakSearch : ILoggerProvider, ILogger
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, int> _searched = new();
    private readonly ConcurrentDictionary<string, string> _found = new();
    private readonly string[] _forms;
    private readonly ActivityListener _activities;
    private readonly Events _events;

    [ThreadStatic]
    private static bool _inException;

    public LeakSearch(string userName, params string[] passwords)
    {
        _forms = [.. passwords.SelectMany(password => Forms(userName, password)).Distinct()];
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Search,
        };
        ActivitySource.AddActivityListener(_activities);
        _events = new Events(this);
        AppDomain.CurrentDomain.FirstChanceException += Search;
    }

    /// <summary>Where something was found, and what; nothing else tells the password either, so a failed test shows it.</summary>
    public IEnumerable<string> Found => _found.Select(f => $"{f.Key}: {f.Value}");

    /// <summary>How many texts of each kind were searched.</summary>
    public IReadOnlyDictionary<string, int> Searched => _searched;

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');

    public void Search(string where, string? text)
    {
        _searched.AddOrUpdate(where, 1, (_, count) => count + 1);
        if (text is not null && _forms.FirstOrDefault(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)) is { } form)
        {
            _found.TryAdd($"{where} ({form})", text[..Math.Min(text.Length, 2000)]);
        }
    }

    /// <summary>Messages, what was sent to storage, and what is in it: each row of each table, each raw day unpacked.</summary>
    public async Task SearchStorageAsync(TestApp app, CancellationToken cancellationToken)
    {
        foreach (var message in app.Traffic.Messages)
        {
            Search("messages", message.Json);
        }

        foreach (var write in app.Traffic.Writes)
        {
            Search("requests to storage", $"{write.Path}{write.Query}{Encoding.UTF8.GetString(write.Body)}");
        }

        await foreach (var table in new TableServiceClient(app.ConnectionString).QueryAsync(cancellationToken: cancellationToken))
        {
            foreach (var row in await app.RowsAsync(table.Name, cancellationToken))
            {
                Search("tables", row);
            }
        }

        var reports = new BlobContainerClient(app.ConnectionString, "reports");
        await foreach (var blob in reports.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            await using var content = new GZipStream(await reports.GetBlobClient(blob.Name).OpenReadAsync(cancellationToken: cancellationToken), CompressionMode.Decompress);
            Search("blobs", await new StreamReader(content).ReadToEndAsync(cancellationToken));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        SearchState("scopes", state);
        return null;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Search("log", formatter(state, exception));
        Search("log", exception?.ToString());
        SearchState("log", state);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Search;
        _activities.Dispose();
        _events.Dispose();
    }

    private static IEnumerable<string> Forms(string userName, string password) =>
    [
        password,
        Base64(password),
        Base64($"{userName}:{password}"),
        SecurityElement.Escape(password),
        WebUtility.HtmlEncode(password),
        Uri.EscapeDataString(password),
        JsonSerializer.Serialize(password)[1..^1],
        JsonSerializer.Serialize(password, Relaxed)[1..^1],
        JsonSerializer.Serialize(JsonSerializer.Serialize(password))[3..^3], // the secret's content in the vault's answer
    ];

    private void SearchState<TState>(string where, TState state)
    {
        Search(where, state?.ToString());
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            Search(where, $"{name}={value}");
        }
    }

    private void Search(Activity activity)
    {
        Search("traces", $"{activity.DisplayName} {activity.StatusDescription}");
        foreach (var (name, value) in activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)).Concat(activity.Baggage.Select(b => new KeyValuePair<string, object?>(b.Key, b.Value))))
        {
            Search("traces", $"{name}={value}");
        }
    }

    private void Search(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (!_inException && thrown.Exception is not SoapFaultException) // the simulator's own, with the words that a test gave it
        {
            _inException = true;
            Search("exceptions", thrown.Exception.ToString());
            _inException = false;
        }
    }

    private sealed class Events(LeakSearch search) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("Azure", StringComparison.Ordinal) || eventSource.Name.StartsWith("System.Net", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            search.Search($"events of {eventData.EventSource.Name}", string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[]));
    }
}
