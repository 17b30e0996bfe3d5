using Azure.Data.Tables;
using Five9Functions.Problems;
using Five9Functions.Tests.Imports;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Users;

public sealed class Five9UserTableTests : ImportFixture
{
    private const string Key = "0a9f027f027fbbf6123119745be18142";

    private static readonly Five9User Full = new()
    {
        Key = Key,
        Host = "api.five9.com",
        UserName = "importer@example.com",
        LeaseOwner = "0123456789abcdef0123456789abcdef",
        LeaseUntil = At("2026-11-02T20:01:00.5Z"),
        Versions = new Dictionary<string, VersionMark>
        {
            ["five9-acme"] = new("a1", VersionState.InForce),
            ["five9-other"] = new("b2", VersionState.Rejected, Reason: "The account is locked."),
            ["five9-third"] = new("c3", VersionState.Trying, 2, At("2026-11-02T20:30:00Z")),
        },
        QuotaUntil = new Dictionary<string, NodaTime.Instant> { ["ReportRequest"] = At("2026-11-02T21:00:00Z") },
        OpenRuns = [new OpenRun("acme", Run)],
        UnderWay = [new SliceInPlace("acme", Run, "agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z")],
        Ticks = new Dictionary<string, TickState> { ["acme"] = new(Run, "2026-11-02 0123456789abcdef") },
    };

    private Five9UserTable Users => Get<Five9UserTable>();

    [Test]
    public async Task Update_WritesTheseColumns()
    {
        await WriteAsync(Full);

        Assert.That(await RowText.OnlyAsync(Bench.Table("Five9Users")), Is.EqualTo(new[]
        {
            "users / 0a9f027f027fbbf6123119745be18142",
            """CredentialVersions: String {"five9-acme":{"Version":"a1","State":"InForce"},"five9-other":{"Version":"b2","State":"Rejected","Reason":"The account is locked."},"five9-third":{"Version":"c3","State":"Trying","Tries":2,"TryAgainAt":"2026-11-02T20:30:00Z"}}""",
            "Host: String api.five9.com",
            "LeaseOwner: String 0123456789abcdef0123456789abcdef",
            "LeaseUntil: DateTime 2026-11-02T20:01:00.5Z",
            """OpenRuns: String [{"Integration":"acme","Run":"2516086475949999999"}]""",
            """QuotaUntil: String {"ReportRequest":"2026-11-02T21:00:00Z"}""",
            """Ticks: String {"acme":{"Run":"2516086475949999999","HistoryDone":"2026-11-02 0123456789abcdef"}}""",
            """UnderWay: String [{"Integration":"acme","Run":"2516086475949999999","Slice":"agent-states|2026-11-02T08:00:00Z|2026-11-02T12:00:00Z"}]""",
            "UserName: String importer@example.com",
        }));
    }

    [Test]
    public async Task Get_ReadsWhatWasWritten()
    {
        await WriteAsync(Full);

        var read = (await Users.GetAsync(Key, CancellationToken.None)).Value;
        Assert.That(read, Is.EqualTo(Full with { Versions = read.Versions, QuotaUntil = read.QuotaUntil, OpenRuns = read.OpenRuns, UnderWay = read.UnderWay, Ticks = read.Ticks }));
        Assert.That(read.Versions, Is.EqualTo(Full.Versions));
        Assert.That(read.QuotaUntil, Is.EqualTo(Full.QuotaUntil));
        Assert.That(read.OpenRuns, Is.EqualTo(Full.OpenRuns));
        Assert.That(read.UnderWay, Is.EqualTo(Full.UnderWay));
        Assert.That(read.Ticks, Is.EqualTo(Full.Ticks));
        Assert.That((await Users.AllAsync(CancellationToken.None)).Select(u => u.Key), Is.EqualTo(new[] { Key }));
    }

    [Test]
    public async Task LoginsWithPasswordsThatWereSent_AndWhyAVersionIsRejected_AreKept()
    {
        var versions = new Dictionary<string, VersionMark>
        {
            ["five9-acme"] = new("a1", VersionState.Rejected, Reason: "It has expired.") { Problem = ImportProblem.PasswordExpired },
            ["five9-other"] = new("b2", VersionState.Trying) { IsRetried = true },
        };
        await WriteAsync(Full with { Versions = versions, SentLogins = [At("2026-11-02T19:30:00.5Z"), At("2026-11-02T20:00:00Z")] });

        var row = await RowText.OnlyAsync(Bench.Table("Five9Users"));
        Assert.That(row, Has.Member("""SentLogins: String ["2026-11-02T19:30:00.5Z","2026-11-02T20:00:00Z"]"""));
        Assert.That(row, Has.Member(
            "CredentialVersions: String {\"five9-acme\":{\"Version\":\"a1\",\"State\":\"Rejected\",\"Reason\":\"It has expired.\",\"Problem\":\"password-expired\"},"
            + "\"five9-other\":{\"Version\":\"b2\",\"State\":\"Trying\",\"IsRetried\":true}}"));
        var read = (await Users.GetAsync(Key, CancellationToken.None)).Value;
        Assert.That(read.Versions, Is.EqualTo(versions));
        Assert.That(read.SentLogins, Is.EqualTo(new[] { At("2026-11-02T19:30:00.5Z"), At("2026-11-02T20:00:00Z") }));
    }

    [TestCase("")]
    [TestCase(null)]
    public async Task CredentialVersions_ThatAPersonCleared_AreNone(string? cleared)
    {
        await WriteAsync(Full);
        TableEntity row = await Bench.Table("Five9Users").GetEntityAsync<TableEntity>("users", Key);
        row.Remove("CredentialVersions");
        if (cleared is not null)
        {
            row["CredentialVersions"] = cleared;
        }

        await Bench.Table("Five9Users").UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        Assert.That((await Users.GetAsync(Key, CancellationToken.None)).Value.Versions, Is.Empty);
    }

    [Test]
    public async Task Ensure_CreatesTheRowOnce_AndKeepsWhatItHolds()
    {
        var acme = Acme with { Host = new Uri("https://api.five9.com/"), UserName = "Importer@Example.com" };

        Assert.That(await Users.EnsureAsync(acme, CancellationToken.None), Is.EqualTo(Key));
        await Users.UpdateAsync(Key, user => user with { LeaseOwner = "a1" }, CancellationToken.None);
        await Users.EnsureAsync(acme with { Id = "other", UserName = "importer@example.com" }, CancellationToken.None);

        Assert.That((await Users.GetAsync(Key, CancellationToken.None)).Value.LeaseOwner, Is.EqualTo("a1"));
    }

    [Test]
    public async Task TryLease_WritesOnce_WhereTheRowIsThere_AndCreatesOneThatIsMissing()
    {
        await using (var first = await Users.TryLeaseAsync(Acme, CancellationToken.None))
        {
            Assert.That(first, Is.Not.Null, "no run was opened for the user yet");
        }

        var writes = Bench.Tables.Writes;
        await using (var second = await Users.TryLeaseAsync(Acme, CancellationToken.None))
        {
            Assert.That(second, Is.Not.Null);
            Assert.That(Bench.Tables.Writes - writes, Is.EqualTo(1), "the lease; no insert that is refused");
        }

        await Users.EnsureAsync(Acme, CancellationToken.None);
        Assert.That(Bench.Tables.Writes - writes, Is.EqualTo(2), "and its end");
    }

    [Test]
    public async Task TryUpdate_OfARowThatSomebodyElseChanged_ChangesNothing()
    {
        await WriteAsync(Full);
        var read = await Users.GetAsync(Key, CancellationToken.None);

        Assert.That(await Users.TryUpdateAsync(read, read.Value with { LeaseOwner = "a2" }, CancellationToken.None), Is.True);
        Assert.That(await Users.TryUpdateAsync(read, read.Value with { LeaseOwner = "a3" }, CancellationToken.None), Is.False);

        Assert.That((await Users.GetAsync(Key, CancellationToken.None)).Value.LeaseOwner, Is.EqualTo("a2"));
    }

    [Test]
    public async Task Update_ByManyAtOnce_LosesNone()
    {
        await WriteAsync(Full);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Users.UpdateAsync(Key, user => user.WithOpenRun(new OpenRun("acme", $"run {i}")), CancellationToken.None)));

        Assert.That(
            (await Users.GetAsync(Key, CancellationToken.None)).Value.OpenRuns.Select(r => r.Run),
            Is.EquivalentTo(new[] { Run, "run 0", "run 1", "run 2", "run 3", "run 4", "run 5", "run 6", "run 7" }));
    }

    [Test]
    public async Task Update_ThatChangesNothing_WritesNothing()
    {
        await WriteAsync(Full);
        var writes = Bench.Tables.Writes;

        Assert.That(await Users.UpdateAsync(Key, _ => null, CancellationToken.None), Is.Null);
        await Users.UpdateAsync(Key, user => user.WithOpenRun(new OpenRun("acme", Run)), CancellationToken.None);

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    private async Task WriteAsync(Five9User user)
    {
        await Bench.Table("Five9Users").AddEntityAsync(new TableEntity("users", user.Key) { ["QuotaUntil"] = "{}", ["OpenRuns"] = "[]", ["UnderWay"] = "[]" });
        await Users.UpdateAsync(user.Key, _ => user, CancellationToken.None);
    }
}
