using Azure;

namespace Five9Functions.Storage.RawDays;

/// <summary>
/// The blob of a raw day is there and cannot be read: its bytes were changed, it was cut, or its metadata is gone. A landing sets it aside
/// and begins the day anew; what is stored of the day stays until the new one covers what this one did.
/// </summary>
public sealed class RawDayDamagedException : Exception
{
    /// <param name="blob">The name of the blob, with its container.</param>
    /// <param name="what">What is wrong with it, without a value of its rows: they are personal.</param>
    internal RawDayDamagedException(RawDayId id, string blob, string what, ETag etag)
        : base($"The blob {blob} cannot be read: {what}. Import the day again: its first landing sets the blob aside and begins a new one. Or restore an earlier version of the blob.") =>
        (Id, Blob, ETag) = (id, blob, etag);

    public RawDayId Id { get; }

    public string Blob { get; }

    internal ETag ETag { get; }

    /// <summary>Its header and what it says of the rows, where that can be read.</summary>
    internal StoredRawDay? Stored { get; init; }
}
