using Five9Functions.AgentStates;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Tests.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Storage;

public sealed class ReportDayTableTests : ImportFixture
{
    private static readonly RawDayId Id = new("acme", ReportNames.AgentStates, new LocalDate(2026, 11, 2));

    private static readonly ReportDay Full = new()
    {
        Id = Id,
        Windows =
        [
            new(At("2026-11-02T08:00:00Z"), At("2026-11-02T12:00:00Z"), At("2026-11-02T12:05:00.123456789Z"), 40),
            new(At("2026-11-02T12:00:00Z"), At("2026-11-03T08:00:00Z"), At("2026-11-03T08:05:00Z"), 60, At("2026-11-03T09:05:00Z")),
        ],
        LandedVersion = 639_000_000_000_000_001,
        Rules = 3,
        Inputs = new Dictionary<LocalDate, long> { [new(2026, 11, 2)] = 639_000_000_000_000_000, [new(2026, 11, 1)] = 638_000_000_000_000_000 },
        Accounting = new RowAccounting(80, 10, 4, 5, 1),
        OldestOpen = At("2026-11-02T19:00:00Z"),
    };

    private ReportDayTable Days => Get<ReportDayTable>();

    [Test]
    public async Task Write_WritesTheseColumns()
    {
        await WriteAsync(Full);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ReportDays")), Is.EqualTo(new[]
        {
            "acme|agent-states / 2026-11-02",
            "Absorbed: Int32 10",
            "Duplicate: Int32 4",
            """Inputs: String {"2026-11-01":638000000000000000,"2026-11-02":639000000000000000}""",
            "LandedVersion: Int64 639000000000000001",
            "Marker: Int32 5",
            "NormalizedVersion: Int64 639000000000000000",
            "OldestOpen: DateTime 2026-11-02T19:00:00Z",
            "Quarantined: Int32 1",
            "RowsHeld: Int32 100",
            "Rules: Int32 3",
            "Suspicious: Boolean true",
            "Visible: Int32 80",
            """Windows: String [{"From":"2026-11-02T08:00:00Z","To":"2026-11-02T12:00:00Z","AsOf":"2026-11-02T12:05:00.123456789Z","Rows":40,"EmptyAsOf":null},{"From":"2026-11-02T12:00:00Z","To":"2026-11-03T08:00:00Z","AsOf":"2026-11-03T08:05:00Z","Rows":60,"EmptyAsOf":"2026-11-03T09:05:00Z"}]""",
        }));
    }

    [Test]
    public async Task Calls_HaveTheirOwnColumns_AndAreReadAsTheyWereWritten()
    {
        var id = Id with { Report = ReportNames.Calls };
        var calls = new ReportDay
        {
            Id = id,
            Windows = [new(At("2026-11-02T08:00:00Z"), At("2026-11-03T08:00:00Z"), At("2026-11-03T08:05:00Z"), 66) { LacksSkill = true }],
            Rules = 1,
            Settings = "grouping=campaign;settings=0123456789abcdef",
            CallRows = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            HandleTimeDiffers = 12,
        };

        await WriteAsync(calls);

        var columns = await RowText.OnlyAsync(Bench.Table("ReportDays"));
        Assert.That(columns, Is.EqualTo(new[]
        {
            "acme|calls / 2026-11-02",
            "Attempt: Int32 7",
            "CallbackAttempt: Int32 3",
            "ContactLegs: Int32 1",
            "Duplicate: Int32 10",
            "HandleTimeDiffers: Int32 12",
            "Inputs: String {}",
            "Internal: Int32 8",
            "IvrOnly: Int32 2",
            "LandedVersion: Int64 0",
            "NormalizedVersion: Int64 0",
            "Outbound: Int32 6",
            "Quarantined: Int32 11",
            "RowsHeld: Int32 66",
            "Rules: Int32 1",
            "Settings: String grouping=campaign;settings=0123456789abcdef",
            "Suspicious: Boolean false",
            "ThirdParty: Int32 5",
            "Unclassified: Int32 9",
            "Voicemail: Int32 4",
            """Windows: String [{"From":"2026-11-02T08:00:00Z","To":"2026-11-03T08:00:00Z","AsOf":"2026-11-03T08:05:00Z","Rows":66,"EmptyAsOf":null,"LacksSkill":true}]""",
        }));
        var read = (await Days.GetAsync(id, CancellationToken.None)).Value;
        Assert.That(read, Is.EqualTo(calls with { Windows = read.Windows, Inputs = read.Inputs }));
        Assert.That(read.Windows, Is.EqualTo(calls.Windows));
    }

    [Test]
    public async Task WhatCouldNotBeRead_HasColumnsOfItsOwn_AndIsReadAsItWasWritten()
    {
        var day = Full with
        {
            Windows = [Full.Windows[0] with { UnreadableAsOf = At("2026-11-02T13:00:00Z"), ColumnGoneAsOf = At("2026-11-02T12:30:00Z"), Unreadable = new UnreadableRows(7, "line 2: no agent") }],
            FailedReads = [new(At("2026-11-02T12:00:00Z"), At("2026-11-03T08:00:00Z"), At("2026-11-03T09:00:00Z"), new ImportError(ImportProblem.RowsUnreadable, "It failed."))],
        };

        await WriteAsync(day);

        var columns = await RowText.OnlyAsync(Bench.Table("ReportDays"));
        Assert.That(columns, Does.Contain("""FailedReads: String [{"From":"2026-11-02T12:00:00Z","To":"2026-11-03T08:00:00Z","UnreadableAsOf":"2026-11-03T09:00:00Z","Problem":"rows-unreadable","Text":"It failed."}]"""));
        Assert.That(columns, Does.Contain("""Windows: String [{"From":"2026-11-02T08:00:00Z","To":"2026-11-02T12:00:00Z","AsOf":"2026-11-02T12:05:00.123456789Z","Rows":40,"EmptyAsOf":null,"UnreadableAsOf":"2026-11-02T13:00:00Z","ColumnGoneAsOf":"2026-11-02T12:30:00Z","Unreadable":{"Count":7,"Example":"line 2: no agent"}}]"""));
        var read = (await Days.GetAsync(Id, CancellationToken.None)).Value;
        Assert.That(read.Windows, Is.EqualTo(day.Windows));
        Assert.That(read.FailedReads, Is.EqualTo(day.FailedReads));
    }

    [Test]
    public async Task ADayThatCouldOnlyBeTried_IsNoDayThatWasLanded()
    {
        await WriteAsync(ReportDay.Empty(Id) with { FailedReads = [new(At("2026-11-02T12:00:00Z"), At("2026-11-03T08:00:00Z"), At("2026-11-03T09:00:00Z"), new ImportError(ImportProblem.RowsUnreadable, "It failed."))] });
        Assert.That(await Days.AnyAsync("acme", ReportNames.AgentStates, CancellationToken.None), Is.False);

        var stored = await Days.GetAsync(Id, CancellationToken.None);
        await Days.TryWriteAsync(stored, stored.Value with { LandedVersion = 1 }, CancellationToken.None);
        Assert.That(await Days.AnyAsync("acme", ReportNames.AgentStates, CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Get_ReadsWhatWasWritten()
    {
        await WriteAsync(Full);

        var read = (await Days.GetAsync(Id, CancellationToken.None)).Value;
        Assert.That(read, Is.EqualTo(Full with { Windows = read.Windows, Inputs = read.Inputs }));
        Assert.That(read.Windows, Is.EqualTo(Full.Windows));
        Assert.That(read.Inputs, Is.EquivalentTo(Full.Inputs));
        Assert.That(read.NormalizedVersion, Is.EqualTo(639_000_000_000_000_000));
    }

    [Test]
    public async Task Get_ALedgerThatOneColumnCannotHold_IsReadWhole()
    {
        var windows = Enumerable.Range(0, 700)
            .Select(i => new LedgerWindow(At("2026-11-02T08:00:00Z") + Duration.FromMinutes(2 * i), At("2026-11-02T08:01:00Z") + Duration.FromMinutes(2 * i), At("2026-11-04T08:00:00Z") + Duration.FromMinutes(i), i))
            .ToList();
        await WriteAsync(Full with { Windows = windows });

        var read = (await Days.GetAsync(Id, CancellationToken.None)).Value;

        Assert.That(read.Windows, Is.EqualTo(windows));
        var columns = await RowText.OnlyAsync(Bench.Table("ReportDays"));
        Assert.That(columns.Where(c => c.StartsWith("Windows", StringComparison.Ordinal)).Select(c => c.Split(':')[0]), Is.EqualTo(new[] { "Windows", "Windows2", "Windows3" }));
        Assert.That(columns.Select(c => c.Length), Has.All.LessThan(32_768 + 20));
    }

    [Test]
    public async Task Get_ADayThatIsNotKnown_IsEmpty()
    {
        var read = await Days.GetAsync(Id, CancellationToken.None);

        Assert.That((read.ETag == default, read.Value.Windows.Count, read.Value.LandedVersion, read.Value.NormalizedVersion), Is.EqualTo((true, 0, 0L, 0L)));
    }

    [Test]
    public async Task Between_IncludesBothEnds_AndNoOtherReport()
    {
        foreach (var day in new[] { 1, 2, 3, 4 })
        {
            await WriteAsync(ReportDay.Empty(Id with { Date = new LocalDate(2026, 11, day) }));
        }

        await WriteAsync(ReportDay.Empty(Id with { Report = ReportNames.Calls }));

        var between = await Days.BetweenAsync("acme", "agent-states", new LocalDate(2026, 11, 2), new LocalDate(2026, 11, 3), CancellationToken.None);
        Assert.That(between.Select(d => d.Id.Date), Is.EqualTo(new LocalDate[] { new(2026, 11, 2), new(2026, 11, 3) }));
    }

    [Test]
    public async Task TryWrite_TheSame_WritesNothing()
    {
        await WriteAsync(Full);
        var read = await Days.GetAsync(Id, CancellationToken.None);
        var writes = Bench.Tables.Writes;

        Assert.That(await Days.TryWriteAsync(read, Full, CancellationToken.None), Is.True);

        Assert.That(Bench.Tables.Writes - writes, Is.Zero);
    }

    [Test]
    public async Task TryWrite_OfARowThatSomebodyElseAddedOrChanged_ChangesNothing()
    {
        var before = await Days.GetAsync(Id, CancellationToken.None);
        Assert.That(await Days.TryWriteAsync(before, Full, CancellationToken.None), Is.True);
        Assert.That(await Days.TryWriteAsync(before, Full with { Rules = 4 }, CancellationToken.None), Is.False);

        var read = await Days.GetAsync(Id, CancellationToken.None);
        Assert.That(await Days.TryWriteAsync(read, Full with { Rules = 5 }, CancellationToken.None), Is.True);
        Assert.That(await Days.TryWriteAsync(read, Full with { Rules = 6 }, CancellationToken.None), Is.False);

        Assert.That((await Days.GetAsync(Id, CancellationToken.None)).Value.Rules, Is.EqualTo(5));
    }

    private async Task WriteAsync(ReportDay day) =>
        Assert.That(await Days.TryWriteAsync(await Days.GetAsync(day.Id, CancellationToken.None), day, CancellationToken.None), Is.True);
}
