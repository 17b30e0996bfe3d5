using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

/// <summary>The order that quarantined rows are kept in; rows that compare as equal are one and the same.</summary>
internal sealed class QuarantineOrder : IComparer<QuarantinedRow>
{
    public static readonly QuarantineOrder Instance = new();

    public int Compare(QuarantinedRow? x, QuarantinedRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        var order = x.At.CompareTo(y.At);
        order = order != 0 ? order : x.Line.CompareTo(y.Line);
        order = order != 0 ? order : string.CompareOrdinal(x.Reason, y.Reason);
        return order != 0 ? order : string.CompareOrdinal(x.Raw, y.Raw);
    }
}
