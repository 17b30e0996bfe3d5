using System.Collections.Concurrent;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>What the simulator answers to one call in place of the truth, or how it spoils the true answer.</summary>
public abstract record SimulatedAnswer
{
    private SimulatedAnswer()
    {
    }

    /// <summary>The true answer: keeps a place in the queue.</summary>
    public static SimulatedAnswer Normal { get; } = new NormalAnswer();

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

    internal sealed record NormalAnswer : SimulatedAnswer;

    internal sealed record FaultAnswer(SoapFault What, int Status) : SimulatedAnswer;

    internal sealed record HttpAnswer(int Status, string Body, string ContentType, IReadOnlyList<(string Name, string Value)> Headers) : SimulatedAnswer;

    internal sealed record CutAnswer(int Bytes, bool BreakConnection) : SimulatedAnswer;

    /// <summary>The answers that are waiting for their call, by operation, first in first out.</summary>
    internal sealed class Script
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<SimulatedAnswer>> _waiting = new(StringComparer.Ordinal);

        public void Add(string operation, SimulatedAnswer answer) => _waiting.GetOrAdd(operation, _ => new()).Enqueue(answer);

        public SimulatedAnswer Take(string operation) =>
            _waiting.TryGetValue(operation, out var queue) && queue.TryDequeue(out var answer) ? answer : Normal;
    }
}
