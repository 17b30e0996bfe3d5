using Five9Functions.Storage;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>A run's own copies of raw days.</summary>
public sealed class RawDayCopiesTests : RawDaysFixture
{
    private const string Run = "2516086475949999999-1";

    private RawDayId Copy => Id with { CopyOf = Run };

    [Test]
    public async Task Land_InACopy_BeginsFromTheDay_AndLeavesTheDayAlone()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00"), Row("ben", "10:00", "11:00")).With(Bad("10:30", 3)));
        var before = await HeaderAsync();

        await Days.LandAsync(Copy, Landing("10:00", "11:00", "14:00", Row("anna", "10:00", "11:30")), CancellationToken.None);
        await Days.LandAsync(Copy, Landing("12:00", "13:00", "14:00", Row("carl", "12:00", "12:30")), CancellationToken.None);
        await Days.LandAsync(Copy, Landing("12:00", "13:00", "14:00", Row("carl", "12:00", "12:30")), CancellationToken.None);

        Assert.That(await TextAsync(Copy), Is.EqualTo(new[] { "anna 10:00-11:30 Ready", "carl 12:00-12:30 Ready" }));
        Assert.That(await TextAsync(Id), Is.EqualTo(new[] { "anna 10:00-11:00 Ready", "ben 10:00-11:00 Ready" }));
        var after = await HeaderAsync();
        Assert.That((after.Version, after.Rows, after.Quarantined, Text(after.Windows).Single()), Is.EqualTo((before.Version, 2, 1, "10:00-12:00 @13:00 rows 3")));
    }

    [Test]
    public async Task Open_ACopyThatIsNotThere_IsTheDay_AndOfAnotherRunToo()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        await Days.LandAsync(Copy, Landing("10:00", "12:00", "14:00"), CancellationToken.None);

        Assert.That(await TextAsync(Copy), Is.Empty);
        Assert.That(await TextAsync(Id with { CopyOf = "2516086475949999999-2" }), Is.EqualTo(new[] { "anna 10:00-11:00 Ready" }));
        Assert.That((await Days.ReadHeaderAsync(Id with { CopyOf = "2516086475949999999-2" }, CancellationToken.None)).Id, Is.EqualTo(Id));
    }

    [Test]
    public async Task Keep_IsTheDayAsItWasTheFirstTime_WhateverLandsLater()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")).With(Bad("10:30", 3)));
        var before = await HeaderAsync();

        await Days.KeepAsync(Id, Run, CancellationToken.None);
        await LandAsync(Landing("10:00", "12:00", "14:00", Row("ben", "10:00", "11:00")));
        await Task.WhenAll(Days.KeepAsync(Id, Run, CancellationToken.None), OtherDays.KeepAsync(Id, Run, CancellationToken.None));

        Assert.That(await TextAsync(Copy), Is.EqualTo(new[] { "anna 10:00-11:00 Ready" }));
        var kept = await Days.ReadHeaderAsync(Copy, CancellationToken.None);
        Assert.That((kept.Id, kept.Version, kept.Quarantined, Text(kept.Windows).Single()), Is.EqualTo((Copy, before.Version, 1, "10:00-12:00 @13:00 rows 2")));
    }

    [Test]
    public async Task Keep_ADayThatWasNeverLanded_IsEmpty_ThoughItIsLandedLater()
    {
        await Days.KeepAsync(Id, Run, CancellationToken.None);
        await LandAsync(Landing("10:00", "12:00", "14:00", Row("ben", "10:00", "11:00")));

        var kept = await Days.ReadHeaderAsync(Copy, CancellationToken.None);
        Assert.That((kept.Id, kept.Version, kept.Rows), Is.EqualTo((Copy, 0L, 0)));
        Assert.That(await TextAsync(Copy), Is.Empty);
    }

    [Test]
    public async Task Delete_RemovesAllCopiesOfTheRun_AndNothingElse()
    {
        var (other, otherRun) = (Copy with { Date = Day.PlusDays(1) }, Id with { CopyOf = "2516086475949999999-10" });
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        foreach (var id in new[] { Id, Id with { Date = Day.PlusDays(1) } })
        {
            await Days.KeepAsync(id, Run, CancellationToken.None);
        }

        await Days.KeepAsync(Id, otherRun.CopyOf!, CancellationToken.None);
        await Days.DeleteCopiesAsync(Id.Integration, Run, CancellationToken.None);

        Assert.That((await Days.ReadHeaderAsync(Copy, CancellationToken.None)).Id, Is.EqualTo(Id));
        Assert.That((await Days.ReadHeaderAsync(other, CancellationToken.None)).Id, Is.EqualTo(Id with { Date = Day.PlusDays(1) }));
        Assert.That((await Days.ReadHeaderAsync(otherRun, CancellationToken.None)).Id, Is.EqualTo(otherRun));
        Assert.That((await HeaderAsync()).Rows, Is.EqualTo(1));
    }

    [Test]
    public void ACopyOfWhatCannotNameARun_IsRefused() => Assert.That(
        () => Days.KeepAsync(Id, "../x", CancellationToken.None), Throws.ArgumentException);

    private async Task<List<string>> TextAsync(RawDayId id) =>
        await (await OtherDays.OpenAsync(id, CancellationToken.None)).RowsAsync(CancellationToken.None).Select(Text).ToListAsync();
}
