namespace Five9Functions.LocalHost.Hosting;

/// <summary>Where HTTP functions are served, and with which key.</summary>
/// <param name="Port">On 127.0.0.1; 0 for any free one.</param>
/// <param name="Key">What a function of the level Function asks for, in the header x-functions-key or the parameter code.</param>
public sealed record HttpServerOptions(int Port, string Key);
