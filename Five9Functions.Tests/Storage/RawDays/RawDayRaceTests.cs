using Five9Functions.Storage.RawDays;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>Several instances at one raw day.</summary>
public sealed class RawDayRaceTests : RawDaysFixture
{
    [Test]
    public async Task TwoFirstLandings_AreBothKept()
    {
        BeforeFirstCommit(() => OtherDays.LandAsync(Id, Landing("10:00", "11:00", "11:00", Row("Bob", "10:00", "10:05")), CancellationToken.None));

        await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")));

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready", "Bob 10:00-10:05 Ready" }));
            Assert.That(Text((await HeaderAsync()).Windows), Is.EqualTo(new[] { "09:00-11:00 @11:00 rows 2" }));
        });
    }

    [Test]
    public async Task TwoLaterLandings_AreBothKept()
    {
        await LandAsync(Landing("08:00", "12:00", "08:30", Row("Ann", "08:00", "08:05")));
        BeforeFirstCommit(() => OtherDays.LandAsync(Id, Landing("10:00", "11:00", "12:00", Row("Bob", "10:00", "10:05")), CancellationToken.None));

        await LandAsync(Landing("09:00", "11:00", "11:00", Row("Ann", "09:00", "09:05"), Row("Ann", "10:30", "10:35")));

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 08:00-08:05 Ready", "Ann 09:00-09:05 Ready", "Bob 10:00-10:05 Ready" }));
            Assert.That(Text((await HeaderAsync()).Windows), Is.EqualTo(new[]
            {
                "08:00-09:00 @08:30 rows 1", "09:00-10:00 @11:00 rows 1", "10:00-11:00 @12:00 rows 1", "11:00-12:00 @08:30",
            }));
        });
    }

    [Test]
    public async Task ADayDeletedMeanwhile_IsLandedAnew()
    {
        await LandAsync(Landing("08:00", "09:00", "09:00", Row("Ann", "08:00", "08:05")));
        BeforeFirstCommit(() => OtherDays.DeleteAsync(Id, CancellationToken.None));

        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")));

        Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[] { "Ann 09:00-09:05 Ready" }));
    }

    [Test]
    public async Task ManyLandingsAtOnce_AreAllKept()
    {
        var landings = Enumerable.Range(0, 6).Select(h => OtherDays.LandAsync(Id, Landing($"0{h}:00", $"0{h + 1}:00", "20:00", Row("Ann", $"0{h}:00", $"0{h}:05")), CancellationToken.None));

        await Task.WhenAll(landings);

        Assert.That(Text((await HeaderAsync()).Windows), Is.EqualTo(new[] { "00:00-06:00 @20:00 rows 6" }));
    }

    [Test]
    public void ALandingThatNeverWins_GivesUp()
    {
        var minute = 0;
        Requests.BeforeCommit = () => OtherDays.LandAsync(Id, Landing("10:00", "11:00", $"12:{++minute:00}"), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(() => LandAsync(Landing("09:00", "10:00", "11:00")), Throws.TypeOf<RawDayChangedException>());
            Assert.That(minute, Is.EqualTo(10));
        });
    }

    [Test]
    public async Task ADayChangedWhileItIsRead_IsNoMixtureOfTwoVersions()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));
        var reader = await Days.OpenAsync(Id, CancellationToken.None);
        var quarantined = await reader.QuarantinedAsync(CancellationToken.None).ToListAsync();

        await OtherDays.LandAsync(Id, Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:06")), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(quarantined, Has.Count.EqualTo(1));
            Assert.That(async () => await reader.RowsAsync(CancellationToken.None).ToListAsync(), Throws.TypeOf<RawDayChangedException>());
        });
    }

    private void BeforeFirstCommit(Func<Task> other) => Requests.BeforeCommit = () =>
    {
        Requests.BeforeCommit = () => Task.CompletedTask;
        return other();
    };
}
