using System.Globalization;
using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.Tables;

/// <summary>A leg to be stored.</summary>
/// <param name="Row">What Five9 said of it.</param>
/// <param name="Ordinal">Its place among the legs of its call that start in the same second, from 0.</param>
public sealed record StoredLeg(ClassifiedLeg Leg, ReportRow Row, int Ordinal);

/// <summary>A leg as a row of the table Calls: docs/tables.md. A column that the report does not have, or that is empty there and no text, is absent.</summary>
public static class CallEntity
{
    private static readonly string[] Needed = [nameof(CallLeg.CallId), nameof(CallLeg.Start), nameof(ClassifiedLeg.Class), nameof(ClassifiedLeg.Queue)];

    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        [nameof(CallLeg.Start)] = typeof(DateTimeOffset),
        ["Abandoned"] = typeof(bool),
    };

    static CallEntity()
    {
        string[] texts = ["CallId", "CallType", "Class", "Queue", "Contact", "Campaign", "Skill", "Agent", "AgentName", "Disposition", "Ani", "Dnis", "CustomerName", "Recordings"];
        string[] numbers =
        [
            "QueueWaitSeconds", "RingSeconds", "TalkSeconds", "HoldSeconds", "ParkSeconds", "AfterCallWorkSeconds", "HandleSeconds", "SpeedOfAnswerSeconds", "TimeToAbandonSeconds",
            "CallSeconds", "IvrSeconds", "Transfers", "Conferences", "Holds",
        ];
        Array.ForEach(texts, column => Types.Add(column, typeof(string)));
        Array.ForEach(numbers, column => Types.Add(column, typeof(int)));
    }

    public static TableEntity From(string partitionKey, StoredLeg stored, bool keepCustomerData)
    {
        var (leg, row) = (stored.Leg.Leg, stored.Row);
        var entity = new TableEntity(partitionKey, CallsKeys.Row(leg.Start, leg.CallId, stored.Ordinal))
        {
            [nameof(leg.CallId)] = leg.CallId,
            [nameof(leg.Start)] = leg.Start.ToDateTimeOffset(),
            ["CallType"] = leg.TypeName,
            [nameof(stored.Leg.Class)] = LegClasses.Word(stored.Leg.Class),
            [nameof(stored.Leg.Queue)] = stored.Leg.Queue,
            [nameof(stored.Leg.Contact)] = stored.Leg.Contact,
            [nameof(leg.Campaign)] = leg.Campaign,
            [nameof(leg.Skill)] = leg.Skill,
            [nameof(leg.Agent)] = leg.Agent,
            ["AgentName"] = NoneWords.Named(row["AGENT NAME"]),
            ["Disposition"] = NoneWords.Named(row["DISPOSITION"]),
            ["QueueWaitSeconds"] = Seconds(leg.QueueWait),
            ["RingSeconds"] = Seconds(leg.Ring),
            ["TalkSeconds"] = Seconds(leg.Talk),
            ["HoldSeconds"] = Seconds(leg.Hold),
            ["ParkSeconds"] = Seconds(leg.Park),
            ["AfterCallWorkSeconds"] = Seconds(leg.AfterCallWork),
        };
        Set("Abandoned", leg.Abandoned == AbandonedFlag.Unsaid ? null : leg.Abandoned == AbandonedFlag.Yes);
        Set("HandleSeconds", Seconds(leg.Handle));
        Set("SpeedOfAnswerSeconds", Seconds(leg.SpeedOfAnswer));
        Set("TimeToAbandonSeconds", Seconds(leg.TimeToAbandon));
        Set("CallSeconds", Length("CALL TIME"));
        Set("IvrSeconds", Length("IVR TIME"));
        Set("Transfers", Count("TRANSFERS"));
        Set("Conferences", Count("CONFERENCES"));
        Set("Holds", Count("HOLDS"));
        if (keepCustomerData)
        {
            Set("Ani", Text("ANI"));
            Set("Dnis", Text("DNIS"));
            Set("CustomerName", Text("CUSTOMER NAME"));
            Set("Recordings", Text("RECORDINGS"));
        }

        return entity;

        void Set(string column, object? value)
        {
            if (value is not null)
            {
                entity[column] = value;
            }
        }

        string? Text(string column) => row[column] is { Length: > 0 } text ? text : null;

        int? Length(string column) => ReportDuration.ReadMilliseconds(row[column], out var length) == ReportDurationKind.Value ? Seconds(length) : null;

        int? Count(string column) => int.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    /// <summary>The row itself, if its columns are of the types that it was written with.</summary>
    /// <exception cref="FormatException">One is not, or is missing.</exception>
    public static TableEntity Require(TableEntity row)
    {
        foreach (var (name, value) in row)
        {
            var isOurs = !Types.TryGetValue(name, out var type) || value is null || value.GetType() == type;
            _ = isOurs ? true : throw new FormatException($"its column {name} is of type {value!.GetType().Name} and not {type!.Name}");
        }

        var missing = Needed.Where(name => !row.TryGetValue(name, out var value) || value is null).ToList();
        return missing.Count == 0 ? row : throw new FormatException($"it has no column {missing[0]}");
    }

    /// <summary>The key that the row's columns are stored under.</summary>
    public static string KeyOf(TableEntity row) => CallsKeys.Row(row.Instant(nameof(CallLeg.Start)), row.Text(nameof(CallLeg.CallId)), CallsKeys.Ordinal(row.RowKey));

    /// <summary>Half up, as the figures are.</summary>
    private static int Seconds(long milliseconds) => (int)((milliseconds + 500) / 1_000);

    private static int? Seconds(long? milliseconds) => milliseconds is { } length ? Seconds(length) : null;
}
