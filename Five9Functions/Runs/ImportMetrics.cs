using System.Diagnostics.Metrics;
using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Problems;
using Five9Functions.Telemetry;

namespace Five9Functions.Runs;

/// <summary>
/// What the app counts of its imports: docs/operations.md explains each instrument. What is counted of a row is counted where the row is
/// written, so a step that is delivered twice counts once. Calls and requests: Five9Metrics, StorageMetrics.
/// </summary>
public sealed class ImportMetrics
{
    public const string Imports = "import.runs";
    public const string Slices = "import.slices";
    public const string Rows = "import.rows";
    public const string DerivedRows = "import.rows_derived";
    public const string Overlaps = "import.overlaps_fixed";
    public const string LeaseWaits = "five9.lease_waits";
    public const string VaultReads = "vault.reads";
    public const string CredentialEventsDropped = "credential.events_dropped";

    private readonly Counter<long> _imports;
    private readonly Counter<long> _slices;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _derivedRows;
    private readonly Counter<long> _overlaps;
    private readonly Counter<long> _leaseWaits;
    private readonly Counter<long> _vaultReads;
    private readonly Counter<long> _credentialEventsDropped;

    public ImportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        _imports = meter.CreateCounter<long>(Imports, "{import}", "Runs that ended, by kind and status.");
        _slices = meter.CreateCounter<long>(Slices, "{slice}", "States that slices came to, by report.");
        _rows = meter.CreateCounter<long>(Rows, "{row}", "Rows of reports that were read: landed, outside of what was wanted, or quarantined.");
        _derivedRows = meter.CreateCounter<long>(DerivedRows, "{row}", "Rows of raw days by what became of them, each time a day is derived.");
        _overlaps = meter.CreateCounter<long>(Overlaps, "{segment}", "Segments that the overlap rules cut, each time a day is derived.");
        _leaseWaits = meter.CreateCounter<long>(LeaseWaits, "{wait}", "Steps that found the turn of their Five9 user taken, and came again later.");
        _vaultReads = meter.CreateCounter<long>(VaultReads, "{read}", "Reads of secrets, by outcome.");
        _credentialEventsDropped = meter.CreateCounter<long>(CredentialEventsDropped, "{event}", "Events in the queue credential-events that were not known, or of no integration.");
    }

    public void RunEnded(ImportRun run) => _imports.Add(1, Tag("kind", run.Kind), Tag("status", run.Outcome!.Status));

    /// <summary>The slice as it was, and as it is written now.</summary>
    public void SliceMoved(ImportSlice from, ImportSlice to)
    {
        if (to.State == from.State)
        {
            return;
        }

        var report = Tag("report", to.Report);
        _slices.Add(1, report, Tag("state", to.State));
        if (from.State == SliceState.Fetching && to.State is SliceState.Normalizing or SliceState.Done)
        {
            Add(_rows, to.Landed, report, "landed");
            Add(_rows, to.Outside, report, "outside");
            Add(_rows, to.Quarantined, report, "quarantined");
        }
    }

    public void Derived(RowAccounting rows, int overlaps)
    {
        var report = Tag("report", Storage.ReportNames.AgentStates);
        Add(_derivedRows, rows.Visible, report, "visible");
        Add(_derivedRows, rows.Absorbed, report, "absorbed");
        Add(_derivedRows, rows.Duplicate, report, "duplicate");
        Add(_derivedRows, rows.Marker, report, "marker");
        Add(_derivedRows, rows.Quarantined, report, "quarantined");
        _overlaps.Add(overlaps);
    }

    public void Derived(CallAccounting rows)
    {
        var report = Tag("report", Storage.ReportNames.Calls);
        Add(_derivedRows, rows.ContactLegs, report, "contactLegs");
        Add(_derivedRows, rows.IvrOnly, report, "ivrOnly");
        Add(_derivedRows, rows.CallbackAttempt, report, "callbackAttempt");
        Add(_derivedRows, rows.Voicemail, report, "voicemail");
        Add(_derivedRows, rows.ThirdParty, report, "thirdParty");
        Add(_derivedRows, rows.Outbound, report, "outbound");
        Add(_derivedRows, rows.Attempt, report, "attempt");
        Add(_derivedRows, rows.Internal, report, "internal");
        Add(_derivedRows, rows.Unclassified, report, "unclassified");
        Add(_derivedRows, rows.Duplicate, report, "duplicate");
        Add(_derivedRows, rows.Quarantined, report, "quarantined");
    }

    public void Waited() => _leaseWaits.Add(1);

    public void Read(string outcome) => _vaultReads.Add(1, Tag("outcome", outcome));

    public void Dropped() => _credentialEventsDropped.Add(1);

    private static void Add(Counter<long> counter, int rows, KeyValuePair<string, object?> report, string rowClass)
    {
        if (rows > 0)
        {
            counter.Add(rows, report, Tag("class", rowClass));
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static KeyValuePair<string, object?> Tag<T>(string name, T value)
        where T : struct, Enum => new(name, value.Code());
}
