using Azure.Data.Tables;
using Five9Functions.Connections;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Tests.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Integrations;

public sealed class RemovedIntegrationsTests : ImportFixture
{
    private static readonly RemovedIntegration Removed = new()
    {
        Id = "acme",
        RemovedAt = At("2026-11-02T20:00:00.1234567Z"),
        Data = RemovedData.Keep,
        Zone = "America/Los_Angeles",
        Buckets = 1,
        HistoryStart = new LocalDate(2026, 11, 2),
    };

    private RemovedIntegrations Table => Get<RemovedIntegrations>();

    [Test]
    public async Task TryRemove_PutsThisRowInThePlaceOfTheTwo()
    {
        Assert.That(await Table.TryRemoveAsync(await StoredAsync(), RemovedIntegration.Of(Acme, RemovedData.Keep, Removed.RemovedAt), CancellationToken.None), Is.True);

        Assert.That(await RowText.OnlyAsync(Bench.Table("Integrations")), Is.EqualTo(new[]
        {
            "integrations / removed:acme",
            "Buckets: Int32 1",
            "Data: String keep",
            "HistoryStart: String 2026-11-02",
            "Integration: String acme",
            "Problem: String ",
            "RemovedAt: DateTime 2026-11-02T20:00:00.1234567Z",
            "SecretGone: Boolean false",
            "Zone: String America/Los_Angeles",
        }));
        Assert.That((await Table.FindAsync("acme", CancellationToken.None))!.Value.Value, Is.EqualTo(Removed));
        Assert.That(await Get<IntegrationTable>().AllAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task TryRemove_OfOneThatWasChangedMeanwhile_ChangesNothing()
    {
        var stored = await StoredAsync();
        await Bench.SeedAsync(Acme with { Paused = true });

        Assert.That(await Table.TryRemoveAsync(stored, Removed, CancellationToken.None), Is.False);
        Assert.That((await StoredAsync()).Value.Paused, Is.True);
        Assert.That(await Table.FindAsync("acme", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task All_ReadsWhatIsRemovedAlone_AndNamesWhatItCannotRead()
    {
        var busy = Removed with { Data = RemovedData.Delete, BusyUntil = At("2026-11-02T20:10:00Z"), SecretGone = true, Problem = "No." };
        await Table.TryRemoveAsync(await StoredAsync(), busy, CancellationToken.None);
        await Bench.SeedAsync(Acme with { Id = "acme-2" });
        await Bench.Table("Integrations").AddEntityAsync(new TableEntity("integrations", "removed:other") { ["Data"] = "burn", ["RemovedAt"] = DateTimeOffset.UnixEpoch });
        var unreadable = new List<UnreadableRowException>();

        Assert.That(await Table.AllAsync(unreadable.Add, CancellationToken.None), Is.EqualTo(new[] { busy }));
        Assert.That(unreadable.Single().RowKey, Is.EqualTo("removed:other"));
    }

    [Test]
    public async Task ANameIsFreeAtOnce()
    {
        await Table.TryRemoveAsync(await StoredAsync(), Removed, CancellationToken.None);

        await Bench.SeedAsync(Acme with { Id = "acme-2" });

        Assert.That((await Get<IntegrationTable>().FindAsync("acme-2", CancellationToken.None))!.Name, Is.EqualTo("Acme West"));
    }

    [Test]
    public async Task SeedIntegrations_OfOneThatIsBeingDeleted_SaysSo_AndTheAppStarts()
    {
        await Table.TryRemoveAsync(await StoredAsync(), Removed with { Data = RemovedData.Delete, Problem = "The vault is closed." }, CancellationToken.None);

        await Bench.Create<SeedIntegrations>().StartAsync(CancellationToken.None);

        Assert.That(await Get<IntegrationTable>().AllAsync(CancellationToken.None), Is.Empty);
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[]
        {
            "Error: The integration acme is not imported. The integration acme was removed with its data, which is still being deleted: create it again in a quarter of an hour, or choose another id. The vault is closed.",
        }));
    }

    private async Task<Versioned<Integration>> StoredAsync() => (await Get<IntegrationTable>().FindStoredAsync("acme", CancellationToken.None))!.Value;
}
