using System.Buffers;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>What may stand in the headers of a scripted answer.</summary>
internal static class HttpWords
{
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Token);

    public static bool IsValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>The type has a property of its own; how long the body is, the server knows.</summary>
    public static bool IsOurs(string name) =>
        new[] { "Content-Type", "Content-Length", "Transfer-Encoding" }.Contains(name, StringComparer.OrdinalIgnoreCase);
}
