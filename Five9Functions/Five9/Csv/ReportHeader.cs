using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
namespace Five9Functions.Five9.Csv;

/// <summary>A report's header: its columns as they are kept, and where in a record their values stand.</summary>
internal sealed class ReportHeader
{
    /// <summary>No report of Five9's has nearly as many.</summary>
    public const int MaxColumns = 1_000;

    /// <summary>They hold the numbers and names of the centre's customers.</summary>
    /// <summary>Kept only where the integration keeps customer data.</summary>
    public static readonly IReadOnlyList<string> CustomerColumns = ["ANI", "DNIS", "CUSTOMER NAME", "RECORDINGS"];

    private ReportHeader(ReportColumns columns, int[] fields, bool[] blanked) => (Columns, Fields, Blanked) = (columns, fields, blanked);

    public ReportColumns Columns { get; }

    /// <summary>For each of <see cref="Columns"/> the index of its field.</summary>
    public int[] Fields { get; }

    /// <summary>For each field whether it is customer data that is not kept.</summary>
    public bool[] Blanked { get; }

    public bool HidesCustomerData => Blanked.Contains(true);

    /// <exception cref="Five9MisconfiguredException">A needed column is missing, or there twice.</exception>
    public static ReportHeader Read(IEnumerable<string> header, ReportLayout layout, bool keepCustomerData)
    {
        var names = header.Select(Normalize).ToArray();
        if (names.Length > MaxColumns)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.HeaderUnreadable, $"The {layout.Report} has {names.Length} columns, and {MaxColumns} at most are read. Remove columns from the report in Five9.");
        }

        var columns = ColumnsOf(names);
        if (layout.Missing(columns) is { Count: > 0 } missing)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.ColumnMissing, $"The {layout.Report} lacks {string.Join(", ", missing)}; found: {string.Join(", ", names.Select(PlainText.Escape))}. {layout.Remedy(missing)}");
        }

        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1 && layout.Used.Contains(g.Key)) is { } repeated)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.ColumnRepeated, $"The {layout.Report} has the column {repeated.Key} {repeated.Count()} times, and which one is meant cannot be told. Remove all but one from the report in Five9.");
        }

        var blanked = Array.ConvertAll(names, n => !keepCustomerData && CustomerColumns.Contains(n));
        var fields = Enumerable.Range(0, names.Length).Where(i => !blanked[i]).ToArray();
        return new ReportHeader(new ReportColumns(Array.ConvertAll(fields, i => columns.Names[i])), fields, blanked);
    }

    /// <summary>The columns of a header as its fields stand there, needed or not.</summary>
    public static ReportColumns ColumnsOf(IEnumerable<string> header) => new([.. Numbered([.. header.Select(Normalize)])]);

    /// <summary>How the names of columns are compared: without case, blanks around them or how many there are between words.</summary>
    public static string Normalize(string name) =>
        string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static IEnumerable<string> Numbered(string[] names)
    {
        var taken = new HashSet<string>();
        foreach (var name in names)
        {
            var numbered = name;
            for (var number = 2; !taken.Add(numbered); number++)
            {
                numbered = $"{name} ({number})";
            }

            yield return numbered;
        }
    }
}
