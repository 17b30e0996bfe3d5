namespace Five9Functions.Problems;

/// <summary>Why a slice waits or failed. <see cref="ToString"/> is what people read: the sentence, and the problem to look up.</summary>
/// <param name="Text">What happened, where, and what to do; no secret and nobody's data in it.</param>
public sealed record ImportError(ImportProblem Problem, string Text)
{
    /// <summary>A fault that nobody thought of: its kind and the first line of what it says, which is all that people can use.</summary>
    /// <param name="what">What was not done, and where; no full stop.</param>
    /// <param name="next">What comes next.</param>
    public static ImportError Unforeseen(ImportProblem problem, string what, Exception e, string next) =>
        new(problem, $"{what} ({e.GetType().Name}: {e.Message.Split('\n')[0].TrimEnd()}). The log says more. {next}");

    public override string ToString() => $"{Text} ({Problem.Code()})";
}
