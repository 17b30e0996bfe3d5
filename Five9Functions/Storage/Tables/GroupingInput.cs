using Five9Functions.Calls;
using Five9Functions.Problems;

namespace Five9Functions.Storage.Tables;

/// <summary>The part of a manifest's inputs that says by what the rows of its partition are grouped: readers never take one grouping for the other.</summary>
internal static class GroupingInput
{
    public static string Of(QueueGrouping grouping) => $"grouping={grouping.Code()}";

    /// <param name="inputs">Of a manifest: parts with semicolons between them.</param>
    public static bool IsIn(string inputs, QueueGrouping grouping) => inputs.Split(';').Contains(Of(grouping));
}
