using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Calls;

namespace Five9Functions.Storage;

/// <summary>What became of a day's rows, as columns of ReportDayTable: each report has classes of its own.</summary>
internal static class ReportDayRows
{
    private const string Held = "RowsHeld";

    public static void Write(TableEntity entity, ReportDay day)
    {
        if (day.Id.Report == ReportNames.Calls)
        {
            Write(entity, day.CallRows, day.HandleTimeDiffers);
        }
        else
        {
            Write(entity, day.Accounting);
        }
    }

    public static RowAccounting AgentStates(TableEntity e) => new(
        e.Int(nameof(RowAccounting.Visible)),
        e.Int(nameof(RowAccounting.Absorbed)),
        e.Int(nameof(RowAccounting.Duplicate)),
        e.Int(nameof(RowAccounting.Marker)),
        e.Int(nameof(RowAccounting.Quarantined)));

    public static CallAccounting Calls(TableEntity e) => new(
        e.Int(nameof(CallAccounting.ContactLegs)),
        e.Int(nameof(CallAccounting.IvrOnly)),
        e.Int(nameof(CallAccounting.CallbackAttempt)),
        e.Int(nameof(CallAccounting.Voicemail)),
        e.Int(nameof(CallAccounting.ThirdParty)),
        e.Int(nameof(CallAccounting.Outbound)),
        e.Int(nameof(CallAccounting.Attempt)),
        e.Int(nameof(CallAccounting.Internal)),
        e.Int(nameof(CallAccounting.Unclassified)),
        e.Int(nameof(CallAccounting.Duplicate)),
        e.Int(nameof(CallAccounting.Quarantined)));

    private static void Write(TableEntity entity, RowAccounting rows)
    {
        entity[Held] = rows.Rows;
        entity[nameof(rows.Visible)] = rows.Visible;
        entity[nameof(rows.Absorbed)] = rows.Absorbed;
        entity[nameof(rows.Duplicate)] = rows.Duplicate;
        entity[nameof(rows.Marker)] = rows.Marker;
        entity[nameof(rows.Quarantined)] = rows.Quarantined;
    }

    private static void Write(TableEntity entity, CallAccounting rows, int handleTimeDiffers)
    {
        entity[Held] = rows.Rows;
        entity[nameof(rows.ContactLegs)] = rows.ContactLegs;
        entity[nameof(rows.IvrOnly)] = rows.IvrOnly;
        entity[nameof(rows.CallbackAttempt)] = rows.CallbackAttempt;
        entity[nameof(rows.Voicemail)] = rows.Voicemail;
        entity[nameof(rows.ThirdParty)] = rows.ThirdParty;
        entity[nameof(rows.Outbound)] = rows.Outbound;
        entity[nameof(rows.Attempt)] = rows.Attempt;
        entity[nameof(rows.Internal)] = rows.Internal;
        entity[nameof(rows.Unclassified)] = rows.Unclassified;
        entity[nameof(rows.Duplicate)] = rows.Duplicate;
        entity[nameof(rows.Quarantined)] = rows.Quarantined;
        entity[nameof(ReportDay.HandleTimeDiffers)] = handleTimeDiffers;
    }
}
