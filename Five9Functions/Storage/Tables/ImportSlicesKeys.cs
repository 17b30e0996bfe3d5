using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Keys of the table ImportSliceTable: the slices of a run, by report and window. The end belongs to the key, because the first
/// half of a split slice begins where the whole one does.
/// </summary>
public static class ImportSlicesKeys
{
    public static string Partition(string integration, string run) => TableKey.Join(integration, run);

    public static string Row(string report, Instant from, Instant to) => TableKey.Join(report, KeyTime.Second(from), KeyTime.Second(to));
}
