using System.Globalization;
using Five9Functions.Calls;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>The lines of calls.csv until all are known: sorted by start, call id, and the order of the call's legs.</summary>
internal sealed class CallSpool(DirectoryInfo folder, int rowsHeld = CallSpool.RowsHeld) : IDisposable
{
    /// <summary>Calls come in the order of their ids, so some are held and sorted before they are written.</summary>
    public const int RowsHeld = 5_000;

    private const int Keys = 3;

    public static readonly string[] NamesAfterColumns = ["queue", "class", "contact"];

    private readonly SortedSpool _legs = new(folder, "calls.csv", Keys);
    private readonly List<string[]> _held = [];

    public int Count => _legs.Count + _held.Count;

    /// <param name="values">Of the report's columns, as reported.</param>
    /// <param name="place">The leg's place in its call.</param>
    public void Add(ClassifiedLeg leg, int place, IReadOnlyList<string> values)
    {
        _held.Add(
        [
            InstantPattern.General.Format(leg.Leg.Start),
            leg.Leg.CallId,
            place.ToString("D10", CultureInfo.InvariantCulture),
            .. values,
            leg.Queue,
            LegClasses.Word(leg.Class),
            leg.Contact,
        ]);
        if (_held.Count >= rowsHeld)
        {
            Flush();
        }
    }

    /// <summary>The values of all legs, each with queue, class and contact after them.</summary>
    public IEnumerable<string[]> Merge()
    {
        Flush();
        return _legs.Merge().Select(fields => fields[Keys..]);
    }

    public void Dispose() => _legs.Dispose();

    private void Flush()
    {
        _held.Sort(_legs.Compare);
        _held.ForEach(_legs.Add);
        _held.Clear();
    }
}
