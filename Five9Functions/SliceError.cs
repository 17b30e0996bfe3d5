namespace Five9Functions;

/// <summary>Why a slice waits or failed. <see cref="ToString"/> is what people read: the sentence, and the problem to look up.</summary>
/// <param name="Text">What happened, where, and what to do; no secret and nobody's data in it.</param>
public sealed record SliceError(SliceProblem Problem, string Text)
{
    public override string ToString() => $"{Text} ({Problem.Code()})";
}
