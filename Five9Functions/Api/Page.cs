namespace Five9Functions.Api;

/// <summary>A part of a long answer.</summary>
/// <param name="Continuation">Where the next part is; null for the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);
