using System.Text;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Calls HTTP functions over real HTTP, and fails for each answer that the function does not declare.</summary>
internal sealed class ApiClient(Uri root) : IDisposable
{
    private const int NoKey = 401;

    private readonly HttpClient _http = new() { BaseAddress = root };

    /// <summary>For what the other methods do not do.</summary>
    public HttpClient Http => _http;

    public Task<ApiReply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<ApiReply> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, json, headers);

    public Task<ApiReply> PutAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync("PUT", path, json, headers);

    public Task<ApiReply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync("DELETE", path, null, headers);

    /// <param name="path">Below the API's root, with its query.</param>
    /// <param name="headers">Besides the key; a key of its own replaces it, and an empty one leaves it out.</param>
    public async Task<ApiReply> SendAsync(string method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers.Prepend(("x-functions-key", TestApp.HttpKey)))
        {
            request.Headers.Remove(name);
            if (value.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request, TestContext.CurrentContext.CancellationToken);
        var reply = new ApiReply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            await response.Content.ReadAsStringAsync(TestContext.CurrentContext.CancellationToken),
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.OriginalString)
        {
            RetryAfter = response.Headers.TryGetValues("Retry-After", out var wait) ? string.Join(' ', wait) : null,
            Feed = string.Join(' ', new[] { "Five9-Feed", "Five9-As-Of", "Five9-Reason" }.SelectMany(name => response.Headers.TryGetValues(name, out var values) ? values : [])),
        };
        if (Door.Of(method, path.Split('?')[0]) is { } door && reply.Status != NoKey)
        {
            Assert.That(door.Statuses, Does.Contain(reply.Status), $"{door} does not declare {reply.Status}: {reply.Text}");
        }

        return reply;
    }

    public void Dispose() => _http.Dispose();
}
