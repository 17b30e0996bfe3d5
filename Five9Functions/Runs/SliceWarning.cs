using Five9Functions.Problems;
namespace Five9Functions.Runs;

/// <summary>Everything that a person should look at though no slice has failed. docs/troubleshooting.md says of each what to do.</summary>
public enum SliceConcern
{
    CredentialRejected,
    EmptyResultNotBelieved,
    SmallResultNotBelieved,
    UnreadableRowsNotBelieved,
    ColumnGone,
    RowsOutsideAsked,
    ReportZoneLooksWrong,
    RowsQuarantined,
    CharactersLost,
    WordsReadAsNone,
    WordsInBrackets,
    Unclassified,
    LoginsDifferInCase,
    LegsDiffer,
}

/// <summary>What a person should look at. <see cref="ToString"/> is what people read: the sentence, and the concern to look up.</summary>
public sealed record SliceWarning(SliceConcern Concern, string Text)
{
    public override string ToString() => $"{Text} ({Concern.Code()})";
}
