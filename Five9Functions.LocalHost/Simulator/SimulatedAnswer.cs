namespace Five9Functions.LocalHost.Simulator;

/// <summary>What the simulator answers to one call in place of the truth, or how it spoils the true answer.</summary>
public abstract record SimulatedAnswer
{
    private SimulatedAnswer()
    {
    }

    /// <summary>The true answer: keeps a place in the queue.</summary>
    public static SimulatedAnswer Normal { get; } = new NormalAnswer();

    /// <summary>
    /// The true answer to runReport, of a report that goes on running for ever: isReportRunning never says anything but true, and its
    /// result is never ready. To any other operation the same as <see cref="Normal"/>.
    /// </summary>
    public static SimulatedAnswer NeverFinishes { get; } = new EndlessAnswer();

    /// <summary>How long after the request the simulator begins with it, by its own clock.</summary>
    internal TimeSpan Delay { get; private init; }

    /// <summary>A typed fault, whatever the login.</summary>
    /// <param name="name">As in Five9's guide, without the word Fault: ReportNotFound.</param>
    /// <param name="message">The faultstring, and the detail's message.</param>
    /// <param name="status">The HTTP status; Five9 has answered faults with 200 too.</param>
    /// <param name="details">The other elements of the detail, such as limit and operationType.</param>
    public static SimulatedAnswer Fault(string name, string message, int status = 500, params (string Name, string Value)[] details) =>
        new FaultAnswer(new SoapFault(name, message, details), status);

    /// <summary>Something that is not Five9's service: a gateway's page, a refusal.</summary>
    public static SimulatedAnswer Http(int status, string body, string contentType = "text/html", params (string Name, string Value)[] headers) =>
        new HttpAnswer(status, body, contentType, headers);

    /// <summary>The true answer ends after so many bytes of body, properly as far as HTTP can tell.</summary>
    public static SimulatedAnswer Truncated(int bytes) => new CutAnswer(bytes, BreakConnection: false);

    /// <summary>The connection breaks after so many bytes of the true answer's body.</summary>
    public static SimulatedAnswer Reset(int bytes) => new CutAnswer(bytes, BreakConnection: true);

    /// <summary>An answer that comes later, by the clock of <see cref="SimulatorOptions.TimeProvider"/>. A true answer keeps the user's turn all the while.</summary>
    /// <param name="then">Null for the true answer.</param>
    public static SimulatedAnswer Delayed(TimeSpan delay, SimulatedAnswer? then = null) => (then ?? Normal) with { Delay = delay };

    internal sealed record NormalAnswer : SimulatedAnswer;

    internal sealed record EndlessAnswer : SimulatedAnswer;

    internal sealed record FaultAnswer(SoapFault What, int Status) : SimulatedAnswer;

    internal sealed record HttpAnswer(int Status, string Body, string ContentType, IReadOnlyList<(string Name, string Value)> Headers) : SimulatedAnswer;

    internal sealed record CutAnswer(int Bytes, bool BreakConnection) : SimulatedAnswer;
}
