using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>What an integration's adherence is judged by.</summary>
/// <param name="Version">Counts the changes; 0 when nobody has told anything yet.</param>
public sealed record VersionedRules(int Version, ActivityRules Rules);

/// <summary>The rules that people gave, one row for each integration.</summary>
public sealed class ActivitiesTable(TableClient table)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a column is no part of a page
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>The rules and their ETag; the default ETag when there are none yet.</summary>
    public async Task<Versioned<VersionedRules>> ReadAsync(string integration, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(ActivitiesKeys.Partition(integration), ActivitiesKeys.Row, cancellationToken: cancellationToken);
        return row.HasValue ? new(UnreadableRowException.Read(StorageLayout.ActivitiesTable, row.Value!, Read), row.Value!.ETag) : new(new(0, ActivityRules.None), default);
    }

    /// <summary>Writes the rules if nobody else did since they were read.</summary>
    /// <param name="read">The ETag that they were read with.</param>
    /// <returns>False when somebody else was faster.</returns>
    public Task<bool> TryWriteAsync(string integration, ETag read, VersionedRules rules, CancellationToken cancellationToken)
    {
        var row = Write(integration, rules);
        TableLimits.Check(StorageLayout.ActivitiesTable, row);
        return read == default ? table.TryAddAsync(row, cancellationToken) : table.TryReplaceAsync(row, read, cancellationToken);
    }

    internal static TableEntity Write(string integration, VersionedRules versioned)
    {
        var rules = versioned.Rules;
        var row = new TableEntity(ActivitiesKeys.Partition(integration), ActivitiesKeys.Row)
        {
            [nameof(versioned.Version)] = versioned.Version,
            [nameof(rules.Parallel)] = rules.Parallel.Code(),
            ["NotPresentSeconds"] = (int)rules.Tolerances.NotPresent.TotalSeconds,
            ["WrongSeconds"] = (int)rules.Tolerances.Wrong.TotalSeconds,
            ["NotScheduledSeconds"] = (int)rules.Tolerances.NotScheduled.TotalSeconds,
        };
        row.SetLong(nameof(rules.Activities), JsonSerializer.Serialize(rules.Activities.Select(a => new ActivityColumn(a.Name, a.Type.Code())), Json));
        row.SetLong(nameof(rules.States), JsonSerializer.Serialize(rules.States.Select(s => new StateColumn(s.Activity, s.State, s.Reason, s.Kind is { } kind ? StateKinds.Word(kind) : null)), Json));
        row.SetLong(nameof(rules.Matches), JsonSerializer.Serialize(rules.Matches, Json));
        return row;
    }

    private static VersionedRules Read(TableEntity e) => new(e.Int(nameof(VersionedRules.Version)), new ActivityRules(
        [.. Parse<ActivityColumn>(e, nameof(ActivityRules.Activities)).Select(a => new KnownActivity(a.Name, KebabCase.Parse<ActivityType>(a.Type)))],
        [.. Parse<StateColumn>(e, nameof(ActivityRules.States)).Select(s => new StateActivity(s.Activity, s.State, s.Reason, s.Kind is null ? null : StateKinds.Parse(s.Kind)))],
        Parse<ActivityMatch>(e, nameof(ActivityRules.Matches)),
        KebabCase.Parse<ParallelStates>(e.Text(nameof(ActivityRules.Parallel))),
        new Tolerances(Seconds(e, "NotPresentSeconds"), Seconds(e, "WrongSeconds"), Seconds(e, "NotScheduledSeconds"))));

    private static List<T> Parse<T>(TableEntity e, string column) => JsonSerializer.Deserialize<List<T>>(e.LongText(column), Json)!;

    // No more than readers look for around a window, whatever somebody wrote there.
    private static Duration Seconds(TableEntity e, string column) => e.Int(column) is var seconds && seconds >= 0 && seconds <= Tolerances.Max.TotalSeconds
        ? Duration.FromSeconds(seconds)
        : throw new FormatException($"{column} is {seconds}; it must be between 0 and {Tolerances.Max.TotalSeconds}");

    private sealed record ActivityColumn(string Name, string Type);

    private sealed record StateColumn(string Activity, string? State, string? Reason, string? Kind);
}
