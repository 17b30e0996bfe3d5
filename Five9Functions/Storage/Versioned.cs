using Azure;

namespace Five9Functions.Storage;

/// <summary>A value as it was read, with the ETag that makes a later write of it conditional.</summary>
public readonly record struct Versioned<T>(T Value, ETag ETag);
