namespace Five9Functions.Five9.Soap;

/// <summary>A part of an answer is larger than any of Five9's.</summary>
/// <param name="part">Which part, and the limit, such as "a tag of over 16384 characters".</param>
internal sealed class AnswerTooLargeException(string part) : Exception(part)
{
    /// <exception cref="AnswerTooLargeException">There is one more in a list than can be.</exception>
    public static void ThrowIfOver(int count, int max, string what)
    {
        if (count > max)
        {
            throw new AnswerTooLargeException($"over {max} {what}");
        }
    }
}
