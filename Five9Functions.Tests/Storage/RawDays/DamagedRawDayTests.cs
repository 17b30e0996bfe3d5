using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>A raw day whose blob is not what was written: it is named, and a landing begins it anew.</summary>
public sealed class DamagedRawDayTests : RawDaysFixture
{
    private string Name => $"{Id.Integration}/agent-states/2026-11-02.gz";

    private BlobContainerClient Container => Blobs.GetBlobContainerClient("reports");

    [Test]
    public async Task Damage_IsNamedWithTheBlobAndTheCure([Values] RawDayDamage damage)
    {
        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));
        await Container.DamageAsync(Name, damage);

        var e = await Assert.ThrowsAsync<RawDayDamagedException>(ReadAllAsync);

        Assert.That((e!.Id, e.Blob), Is.EqualTo((Id, $"reports/{Name}")));
        Assert.That(e.Message, Does.StartWith($"The blob reports/{Name} cannot be read: ").And.EndWith(
            "Import the day again: its first landing sets the blob aside and begins a new one. Or restore an earlier version of the blob."));
        Assert.That(e.ToString(), Does.Not.Contain("Ann"), "a row is personal");
    }

    [Test]
    public async Task AByteThatIsFlippedAnywhere_IsNoticed_OrChangesNothing()
    {
        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05"), Row("Ben", "09:00", null)).With(Bad("09:10", 5)));
        var blob = Container.GetBlockBlobClient(Name);
        BlobDownloadResult read = await blob.DownloadContentAsync();
        var (bytes, noticed, same) = (read.Content.ToArray(), 0, 0);
        for (var at = 0; at < bytes.Length; at += at < 10 ? 1 : 13)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x55;
            await blob.UploadAsync(new MemoryStream(damaged), new BlobUploadOptions { Metadata = read.Details.Metadata });
            try
            {
                await ReadAllAsync();
                Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready", "Ben 09:00- Ready" }), $"byte {at}");
                same++;
            }
            catch (RawDayDamagedException)
            {
                noticed++;
            }
        }

        Assert.That(noticed, Is.GreaterThan(30));
        Assert.That(same, Is.LessThanOrEqualTo(6), "a time and a system in the header's gzip mean nothing");
    }

    [Test]
    public async Task Landing_InADamagedDay_ChangesNothing([Values] RawDayDamage damage)
    {
        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));
        var bytes = await Container.DamageAsync(Name, damage);

        await Assert.ThrowsAsync<RawDayDamagedException>(() => LandAsync(Landing("09:30", "10:30", "12:00", Row("Ben", "09:30", "09:31"))));

        Assert.That((await Container.GetBlobClient(Name).DownloadContentAsync()).Value.Content.ToArray(), Is.EqualTo(bytes));
        Assert.That(await NamesAsync(), Is.EqualTo(new[] { Name }));
    }

    [Test]
    public async Task LandingAnew_SetsTheBlobAside_AndAwaitsWhatItCovered([Values] RawDayDamage damage)
    {
        var before = await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));
        var bytes = await Container.DamageAsync(Name, damage);

        var landed = await LandAnewAsync(Landing("09:30", "10:30", "13:00", Row("Ben", "09:30", "09:31")));

        var header = await HeaderAsync();
        Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:30-10:30 @13:00 rows 1" }));
        Assert.That(header.Awaited, Is.EqualTo(new[] { Window("09:00", "09:30"), Window("10:30", "12:00") }));
        Assert.That((landed.Version, header.Version, landed.Doubts), Is.EqualTo((header.Version, landed.Version, LandingDoubts.None)));
        Assert.That(header.Version, Is.GreaterThanOrEqualTo(before.Version));
        Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ben 09:30-09:31 Ready" }));
        Assert.That(landed.LatestEnd, Is.GreaterThanOrEqualTo(At("09:05")), "days that the lost rows reached are derived again");

        var names = await NamesAsync();
        Assert.That(names, Has.Count.EqualTo(2));
        Assert.That(names[0], Does.Match($"^{Id.Integration}/agent-states/2026-11-02\\.damaged-[0-9A-Za-z]+\\.gz$"));
        Assert.That((await Container.GetBlobClient(names[0]).DownloadContentAsync()).Value.Content.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task LandingTheRest_AwaitsNothingAnyMore_AndIsANewVersion()
    {
        await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")));
        await Container.DamageAsync(Name, RawDayDamage.FlippedInRows);
        await LandAnewAsync(Landing("09:00", "10:30", "13:00", Row("Ann", "09:00", "09:05")));
        var partly = await HeaderAsync();

        await LandAsync(Landing("10:30", "12:00", "13:10")); // without a row

        var header = await HeaderAsync();
        Assert.That(header.Awaited, Is.Empty);
        Assert.That(header.Version, Is.GreaterThan(partly.Version), "what follows from the day can be derived now");
        Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready" }));
    }

    [Test]
    public async Task LandingAnew_OfADayThatIsWell_LandsAsUsual()
    {
        await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")));

        await LandAnewAsync(Landing("12:00", "13:00", "13:10", Row("Ben", "12:00", "12:05")));

        Assert.That((await HeaderAsync()).Awaited, Is.Empty);
        Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready", "Ben 12:00-12:05 Ready" }));
        Assert.That(await NamesAsync(), Is.EqualTo(new[] { Name }));
    }

    [Test]
    public async Task WhatWasSetAside_GoesWithTheDay_WithWhatIsBeforeADate_AndWithTheIntegration([Values("day", "age", "integration")] string how)
    {
        await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")));
        await Container.DamageAsync(Name, RawDayDamage.Truncated);
        await LandAnewAsync(Landing("09:00", "12:00", "13:00", Row("Ann", "09:00", "09:05")));
        Assert.That(await NamesAsync(), Has.Count.EqualTo(2));
        Assert.That(await Days.DeleteBeforeAsync(Id.Integration, "agent-states", Day, 10, CancellationToken.None), Is.Zero, "it is of that day, and not before it");

        await (how switch
        {
            "day" => Days.DeleteAsync(Id, CancellationToken.None),
            "age" => Days.DeleteBeforeAsync(Id.Integration, "agent-states", Day.PlusDays(1), 10, CancellationToken.None),
            _ => Days.DeleteAllAsync(Id.Integration, 10, CancellationToken.None),
        });

        Assert.That(await NamesAsync(), Is.Empty);
    }

    [Test]
    public async Task ADryRun_InADamagedDay_MarksOnlyItsOwnCopy()
    {
        await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")));
        var bytes = await Container.DamageAsync(Name, RawDayDamage.FlippedInRows);

        await Days.LandAnewAsync(Id with { CopyOf = "run-1" }, Landing("09:00", "10:00", "13:00", Row("Ben", "09:00", "09:05")), [Window("09:00", "12:00")], CancellationToken.None);

        Assert.That(await NamesAsync(), Is.EqualTo(new[] { Name, $"{Id.Integration}/runs/run-1/agent-states/2026-11-02.gz" }));
        Assert.That((await Container.GetBlobClient(Name).DownloadContentAsync()).Value.Content.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task ACopyThatARunKeepsOfADamagedDay_HoldsNothing([Values] RawDayDamage damage)
    {
        await LandAsync(Landing("09:00", "12:00", "12:30", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));
        await Container.DamageAsync(Name, damage);

        await Days.KeepAsync(Id, "run-1", CancellationToken.None);

        var copy = await Days.OpenAsync(Id with { CopyOf = "run-1" }, CancellationToken.None);
        Assert.That((copy.Header.Rows, await copy.RowsAsync(CancellationToken.None).CountAsync()), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task AHeaderOfANewerVersionOfTheProgram_IsNoDamage()
    {
        var json = """{"format":2,"integration":"north"}""" + "\n";
        using var compressed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json));
        }

        compressed.Position = 0;
        var metadata = new Dictionary<string, string> { ["headerLength"] = compressed.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await Container.GetBlockBlobClient(Name).UploadAsync(compressed, new BlobUploadOptions { Metadata = metadata });

        Assert.That(
            () => LandAnewAsync(Landing("09:00", "10:00", "13:00")),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"The raw day {Id.Integration}/agent-states/2026-11-02 has format 2, this version reads 1: deploy the version that wrote it."));
        Assert.That(await NamesAsync(), Is.EqualTo(new[] { Name }));
    }

    private Task<LandingResult> LandAnewAsync(Landing landing) => Days.LandAnewAsync(Id, landing, [Window("09:00", "12:00")], CancellationToken.None);

    private async Task ReadAllAsync()
    {
        await HeaderAsync();
        await RowsAsync();
        await QuarantinedAsync();
    }

    private Task<List<string>> NamesAsync() =>
        Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{Id.Integration}/", CancellationToken.None).Select(blob => blob.Name).ToListAsync().AsTask();
}
