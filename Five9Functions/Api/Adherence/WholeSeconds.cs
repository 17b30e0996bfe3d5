using NodaTime;

namespace Five9Functions.Api.Adherence;

/// <summary>Windows of what is counted in whole seconds: two of them that are neighbours must add up.</summary>
internal static class WholeSeconds
{
    /// <exception cref="ApiException">400: an edge is not on a whole second.</exception>
    public static Interval RequireWholeSeconds(this Interval window) => IsWhole(window.Start) && IsWhole(window.End)
        ? window
        : throw ApiException.Invalid([new FieldError(IsWhole(window.Start) ? "to" : "from", "from and to must be on whole seconds.")]);

    private static bool IsWhole(Instant instant) => instant == Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
