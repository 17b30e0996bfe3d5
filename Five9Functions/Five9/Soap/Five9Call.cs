using System.Xml;
using Five9Functions.Problems;

namespace Five9Functions.Five9.Soap;

/// <summary>What is being asked of whom: the words that every error of a call needs. Errors never hold the password.</summary>
internal sealed record Five9Call(string Operation, Five9Login Login, ReportRequest? Report, SoapService Service)
{
    private const int MaxQuote = 300;

    /// <summary>The login as it is to become: its password is not repeated either.</summary>
    public Five9Login? Next { get; init; }

    public string Host => Login.Host.Host;

    public Five9TransientException TimedOut(TimeSpan limit, bool silence) => new(ImportProblem.CallTimedOut, silence
        ? $"Five9 at {Host} sent nothing for {limit.TotalSeconds:0} s during {Operation}."
        : $"Five9 at {Host} did not finish {Operation} within {limit.TotalSeconds:0} s.")
    { LoginUnknown = true };

    public Five9TransientException TooSlow(int bytes, TimeSpan window) => new(
        ImportProblem.TooSlow, $"Five9 at {Host} sent less than {bytes / 1024} KiB of the report in {window.TotalSeconds:0} s during {Operation}.")
    { LoginUnknown = true };

    public Five9TransientException Unreachable(HttpRequestException cause) => new(
        ImportProblem.Five9Unreachable, $"Five9 at {Host} could not be reached for {Operation}: {Why(cause.HttpRequestError)}. If it stays so, check the region of the integration and the network.", cause)
    {
        LoginUnknown = !NeverSent(cause.HttpRequestError),
    };

    public Five9TransientException Broken(IOException cause) => new(
        ImportProblem.AnswerCutShort, $"The connection to Five9 at {Host} broke in the middle of the answer to {Operation}; nothing of it is used.", cause)
    { LoginUnknown = true };

    public Five9TransientException CutShort(XmlException cause) => new(
        ImportProblem.AnswerCutShort, $"The answer of Five9 at {Host} to {Operation} ended before its closing tags; nothing of it is used.", cause)
    { LoginUnknown = true };

    public Five9TransientException Garbled(Exception cause) => new(
        ImportProblem.AnswerUnreadable, $"The answer of Five9 at {Host} to {Operation} is garbled (not well-formed XML); nothing of it is used.", cause)
    { LoginUnknown = true };

    public Five9TransientException TooLarge(AnswerTooLargeException cause) => new(
        ImportProblem.AnswerUnreadable, $"The answer of Five9 at {Host} to {Operation} holds {cause.Message}, more than Five9 sends; nothing of it is used.", cause)
    { LoginUnknown = true };

    public Five9TransientException Unexpected(string what) => new(
        ImportProblem.AnswerUnreadable, $"The answer of Five9 at {Host} to {Operation} {what}.");

    /// <summary>Words of Five9's, or of what answers in its place, as plain text without the login should they ever repeat it: as it is typed, and as it travels.</summary>
    public string Redacted(string text) => PlainText.Escape(WithoutLogin(text));

    /// <summary>Five9's own words on one line, shortened and <see cref="Redacted"/>.</summary>
    public string Quote(string text)
    {
        text = PlainText.Escape(string.Join(' ', WithoutLogin(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (text.Length > MaxQuote)
        {
            var end = char.IsHighSurrogate(text[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote;
            text = text[..end] + "...";
        }

        return text.Length == 0 ? "no text" : $"\"{text}\"";
    }

    private string WithoutLogin(string text) =>
        Login.Secrets.Concat(Next?.Secrets ?? []).Aggregate(text, (t, secret) => t.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));

    private static bool NeverSent(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static string Why(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the name of the host is not known",
        HttpRequestError.ConnectionError => "nobody accepts the connection",
        HttpRequestError.SecureConnectionError => "no secure connection came about, because its certificate is not trusted here or it does not speak TLS",
        HttpRequestError.ProxyTunnelError => "the proxy does not let the call through",
        HttpRequestError.ResponseEnded => "it closed the connection without an answer",
        HttpRequestError.InvalidResponse => "what answers there does not speak HTTP",
        _ => $"the call failed ({error})",
    };
}
