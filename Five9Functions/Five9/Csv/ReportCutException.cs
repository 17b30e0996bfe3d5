namespace Five9Functions.Five9.Csv;

/// <summary>
/// The result holds as many records as Five9 gives at most, so it was cut, silently: none of it may be used. Ask for a shorter window.
/// Not a fault of Five9's (<see cref="Five9Exception"/>): it did what was asked.
/// </summary>
public sealed class ReportCutException(int rowCap)
    : Exception($"Five9 cut the report at {rowCap} records; ask for a shorter window.")
{
    public int RowCap { get; } = rowCap;
}
