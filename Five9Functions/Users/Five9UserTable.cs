using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using NodaTime.Text;

namespace Five9Functions.Users;

/// <summary>The table Five9UserTable: docs/tables.md. Every change is a read, a pure function and a conditional write.</summary>
public sealed class Five9UserTable(TableServiceClient tables, ImportMetrics metrics, TimeProvider time)
{
    /// <summary>The column that a person clears to have a rejected version tried once more.</summary>
    public const string CredentialVersions = "CredentialVersions";

    private const int Tries = 20;

    private readonly TableClient _table = tables.GetTableClient(StorageLayout.Five9UsersTable);

    public static string KeyOf(Integration integration) => Five9UsersKeys.Row(integration.Host, integration.UserName);

    /// <exception cref="UnreadableRowException">A row cannot be understood.</exception>
    public async Task<IReadOnlyList<Five9User>> AllAsync(CancellationToken cancellationToken) => await EachAsync(e => throw e, cancellationToken).Select(stored => stored.Value).ToListAsync(cancellationToken);

    /// <summary>All of them, a page at a time.</summary>
    /// <param name="unreadable">Takes each row that cannot be understood; the others are read all the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<Versioned<Five9User>> EachAsync(Action<UnreadableRowException> unreadable, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Five9UsersKeys.Partition}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (UnreadableRowException.ReadOrTell(() => Read(entity), unreadable) is { } user)
            {
                yield return new Versioned<Five9User>(user, entity.ETag);
            }
        }
    }

    public async Task<Versioned<Five9User>?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(Five9UsersKeys.Partition, key, cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<Five9User>(Read(found.Value!), found.Value!.ETag) : null;
    }

    public async Task<Versioned<Five9User>> GetAsync(string key, CancellationToken cancellationToken)
    {
        TableEntity entity = await _table.GetEntityAsync<TableEntity>(Five9UsersKeys.Partition, key, cancellationToken: cancellationToken);
        return new(Read(entity), entity.ETag);
    }

    /// <summary>The row of an integration's user, created if it is missing.</summary>
    public async Task<Versioned<Five9User>> GetOrAddAsync(Integration integration, CancellationToken cancellationToken) =>
        await FindAsync(KeyOf(integration), cancellationToken) ?? await GetAsync(await AddAsync(integration, cancellationToken), cancellationToken);

    /// <summary>Creates the row of an integration's user if it is missing.</summary>
    public async Task<string> EnsureAsync(Integration integration, CancellationToken cancellationToken)
    {
        var key = KeyOf(integration);
        var stored = await _table.GetEntityIfExistsAsync<TableEntity>(Five9UsersKeys.Partition, key, [nameof(TableEntity.RowKey)], cancellationToken);
        return stored.HasValue ? key : await AddAsync(integration, cancellationToken);
    }

    /// <returns>False when somebody else changed the row meanwhile.</returns>
    public Task<bool> TryUpdateAsync(Versioned<Five9User> from, Five9User to, CancellationToken cancellationToken) =>
        _table.TryReplaceAsync(Write(to), from.ETag, cancellationToken);

    /// <summary>Changes the row whatever others do to it meanwhile. A null from <paramref name="change"/> leaves it as it is.</summary>
    /// <param name="known">The row as it was read before, which saves reading it; where that leaves nothing to change, it is read all the same.</param>
    /// <returns>The row as written, or null when <paramref name="change"/> declined.</returns>
    public async Task<Five9User?> UpdateAsync(string key, Func<Five9User, Five9User?> change, CancellationToken cancellationToken, Versioned<Five9User>? known = null)
    {
        for (var i = 0; i < Tries; i++)
        {
            var stored = i == 0 && known is { } read ? read : await GetAsync(key, cancellationToken);
            var next = change(stored.Value);
            if (next is null || ReferenceEquals(next, stored.Value))
            {
                if (i == 0 && known is not null)
                {
                    continue; // it may be otherwise by now
                }

                return next;
            }

            if (await TryUpdateAsync(stored, next, cancellationToken))
            {
                return next;
            }
        }

        throw new InvalidOperationException($"The row of the Five9 user {key} changed {Tries} times while it was being updated; the step is tried again.");
    }

    /// <summary>The turn of the integration's user for one call, or null while another slice has it.</summary>
    public async Task<UserLease?> TryLeaseAsync(Integration integration, CancellationToken cancellationToken, UserTurn turn = UserTurn.Imports)
    {
        try
        {
            return await TryLeaseAsync(KeyOf(integration), cancellationToken, turn);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            // The integration got another user while its slices are under way.
            return await TryLeaseAsync(await EnsureAsync(integration, cancellationToken), cancellationToken, turn);
        }
    }

    /// <summary>The user's turn for one call, or null while another slice has it.</summary>
    public async Task<UserLease?> TryLeaseAsync(string key, CancellationToken cancellationToken, UserTurn turn = UserTurn.Imports)
    {
        var owner = Guid.NewGuid().ToString("N");
        var user = await UpdateAsync(key, user => UserLease.Take(user, turn, owner, time), cancellationToken);
        if (user is null)
        {
            metrics.Waited();
            return null;
        }

        return new UserLease(this, user, turn, owner, time);
    }

    // Whoever comes second finds the row of the first.
    private async Task<string> AddAsync(Integration integration, CancellationToken cancellationToken)
    {
        var user = new Five9User { Key = KeyOf(integration), Host = integration.Host.Authority, UserName = integration.UserName };
        await _table.TryAddAsync(Write(user), cancellationToken);
        return user.Key;
    }

    private static TableEntity Write(Five9User u)
    {
        var entity = new TableEntity(Five9UsersKeys.Partition, u.Key)
        {
            [nameof(u.Host)] = u.Host,
            [nameof(u.UserName)] = u.UserName,
            [nameof(u.LeaseOwner)] = u.LeaseOwner,
            [CredentialVersions] = JsonSerializer.Serialize(u.Versions.ToDictionary(v => v.Key, v => StoredMark.Of(v.Value)), StoredMark.Json),
            [nameof(u.QuotaUntil)] = JsonSerializer.Serialize(u.QuotaUntil.ToDictionary(q => q.Key, q => InstantPattern.ExtendedIso.Format(q.Value))),
            [nameof(u.OpenRuns)] = JsonSerializer.Serialize(u.OpenRuns),
            [nameof(u.UnderWay)] = JsonSerializer.Serialize(u.UnderWay),
        };
        if (u.Ticks.Count > 0)
        {
            entity[nameof(u.Ticks)] = JsonSerializer.Serialize(u.Ticks);
        }

        if (u.SentLogins.Count > 0)
        {
            entity[nameof(u.SentLogins)] = JsonSerializer.Serialize(u.SentLogins.Select(InstantPattern.ExtendedIso.Format));
        }

        entity.Set(nameof(u.LeaseUntil), u.LeaseUntil);
        if (u.LiveLeaseUntil is { } until)
        {
            entity[nameof(u.LiveLeaseOwner)] = u.LiveLeaseOwner;
            entity.Set(nameof(u.LiveLeaseUntil), until);
        }

        return entity;
    }

    private static Five9User Read(TableEntity entity) => UnreadableRowException.Read(StorageLayout.Five9UsersTable, entity, e => new Five9User
    {
        Key = e.RowKey,
        Host = e.Text(nameof(Five9User.Host)),
        UserName = e.Text(nameof(Five9User.UserName)),
        LeaseOwner = e.Text(nameof(Five9User.LeaseOwner)),
        LeaseUntil = e.InstantOrNull(nameof(Five9User.LeaseUntil)),
        LiveLeaseOwner = e.Text(nameof(Five9User.LiveLeaseOwner)),
        LiveLeaseUntil = e.InstantOrNull(nameof(Five9User.LiveLeaseUntil)),
        Versions = e.Text(CredentialVersions) is { Length: > 0 } json // a person clears it
            ? JsonSerializer.Deserialize<Dictionary<string, StoredMark>>(json, StoredMark.Json)!.ToDictionary(v => v.Key, v => v.Value.Mark())
            : new Dictionary<string, VersionMark>(),
        SentLogins = e.Text(nameof(Five9User.SentLogins)) is { Length: > 0 } logins
            ? [.. JsonSerializer.Deserialize<List<string>>(logins)!.Select(at => InstantPattern.ExtendedIso.Parse(at).Value)] : [],
        QuotaUntil = JsonSerializer.Deserialize<Dictionary<string, string>>(e.Text(nameof(Five9User.QuotaUntil)))!
            .ToDictionary(q => q.Key, q => InstantPattern.ExtendedIso.Parse(q.Value).Value),
        OpenRuns = JsonSerializer.Deserialize<List<OpenRun>>(e.Text(nameof(Five9User.OpenRuns)))!,
        UnderWay = JsonSerializer.Deserialize<List<SliceInPlace>>(e.Text(nameof(Five9User.UnderWay)))!,
        Ticks = e.Text(nameof(Five9User.Ticks)) is { Length: > 0 } ticks ? JsonSerializer.Deserialize<Dictionary<string, TickState>>(ticks)! : new Dictionary<string, TickState>(),
    });

    private sealed record StoredMark(string Version, VersionState State, int? Tries, string? TryAgainAt, string? Reason, string? Problem, bool? IsRetried)
    {
        public static JsonSerializerOptions Json { get; } = new()
        {
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a person reads the reason
        };

        public static StoredMark Of(VersionMark mark) =>
            new(
                mark.Version,
                mark.State,
                mark.Tries == 0 ? null : mark.Tries,
                mark.TryAgainAt is { } at ? InstantPattern.ExtendedIso.Format(at) : null,
                mark.Reason.Length == 0 ? null : mark.Reason,
                mark.Problem == ImportProblem.CredentialRejected ? null : mark.Problem.Code(),
                mark.IsRetried ? true : null);

        public VersionMark Mark() => new(Version, State, Tries ?? 0, TryAgainAt is null ? null : InstantPattern.ExtendedIso.Parse(TryAgainAt).Value, Reason ?? "")
        {
            Problem = Problem is null ? ImportProblem.CredentialRejected : KebabCase.Parse<ImportProblem>(Problem),
            IsRetried = IsRetried ?? false,
        };
    }
}
