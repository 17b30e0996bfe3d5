namespace Five9Functions.Five9;

/// <summary>What is being asked of whom: the words that every error of a call needs. Errors never hold the password.</summary>
internal sealed record Five9Call(string Operation, Five9Login Login, ReportRequest? Report)
{
    private const int LongestQuote = 300;

    public string Host => Login.Host.Host;

    public Five9TransientException TimedOut(TimeSpan limit, bool silence) => new(SliceProblem.CallTimedOut, silence
        ? $"Five9 at {Host} sent nothing for {limit.TotalSeconds:0} s during {Operation}; try again later."
        : $"Five9 at {Host} did not finish {Operation} within {limit.TotalSeconds:0} s; try again later.");

    public Five9TransientException Unreachable(HttpRequestException cause) => new(
        SliceProblem.Five9Unreachable, $"Five9 at {Host} could not be reached for {Operation} ({cause.HttpRequestError}); try again later, and if it stays so check the network and the host.", cause);

    public Five9TransientException Broken(IOException cause) => new(
        SliceProblem.AnswerCutShort, $"The connection to Five9 at {Host} broke during {Operation}; try again later.", cause);

    public Five9TransientException Unfinished(Exception? cause = null) => new(
        SliceProblem.AnswerCutShort, $"The answer of Five9 at {Host} to {Operation} ended before its closing tags, or was not well-formed XML; try again later.", cause);

    public Five9TransientException Unexpected(string what) => new(
        SliceProblem.AnswerUnreadable, $"The answer of Five9 at {Host} to {Operation} {what}; try again later.");

    /// <summary>Five9's own words on one line, shortened, and without the password should they ever repeat it.</summary>
    public string Quote(string text)
    {
        if (Login.Password.Length > 0)
        {
            text = text.Replace(Login.Password, "***", StringComparison.Ordinal);
        }

        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > LongestQuote)
        {
            var end = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
            text = text[..end] + "...";
        }

        return text.Length == 0 ? "no text" : $"\"{text}\"";
    }
}
