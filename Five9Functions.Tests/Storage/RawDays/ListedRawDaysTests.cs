using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>Days beside each other, opened at once; 2026-11-02 lies at the beginning of its month.</summary>
public sealed class ListedRawDaysTests : RawDaysFixture
{
    private const string Run = "2516086475949999999-1";

    [Test]
    public async Task OnlyWhatIsThereAndWanted_IsRead_OverTheEndOfAMonth()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        foreach (var offset in new[] { -3, -1, 1, 3 })
        {
            await LandEmptyAsync(OnDay(offset));
        }

        Requests.Clear();
        var asked = new List<(LocalDate, Instant)>();
        var days = await Days.OpenAsync(Around(2), (date, latestEnd) => Note(asked, date, latestEnd) && date != Day.PlusDays(1), CancellationToken.None);

        Assert.That(days.Select(d => d.Header.Id), Is.EqualTo(new[] { OnDay(-1), Id }));
        Assert.That(days[1].Header.LatestEnd, Is.EqualTo(At("11:00")));
        Assert.That(asked, Is.EqualTo(new[] { (Day.PlusDays(-1), Instant.MinValue), (Day, At("11:00")), (Day.PlusDays(1), Instant.MinValue) }));
        Assert.That(Requests.Sent.Count(r => r == "GET"), Is.EqualTo(2), "a list of October and one of November");
        Assert.That(Requests.Sent, Has.Count.EqualTo(4), "and two headers");
    }

    [Test]
    public async Task ADayThatIsChangedBetweenTheListAndItsHeader_IsReadAsItIsThen()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        Requests.BeforeRange = async () =>
        {
            Requests.BeforeRange = () => Task.CompletedTask;
            await OtherDays.LandAsync(Id, Landing("10:00", "12:00", "14:00", Row("ben", "10:00", "11:30")), CancellationToken.None);
        };

        var day = (await Days.OpenAsync([Id], (_, _) => true, CancellationToken.None)).Single();

        Assert.That(await day.RowsAsync(CancellationToken.None).Select(Text).ToListAsync(), Is.EqualTo(new[] { "ben 10:00-11:30 Ready" }));
    }

    [Test]
    public async Task ADayThatIsDeletedBetweenTheListAndItsHeader_IsNotThere()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        Requests.BeforeRange = () => OtherDays.DeleteAsync(Id, CancellationToken.None);

        Assert.That(await Days.OpenAsync([Id], (_, _) => true, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task OfARun_ItsCopiesAreRead_AndTheDaysThemselvesWhereItHasNone()
    {
        await LandAsync(Landing("10:00", "12:00", "13:00", Row("anna", "10:00", "11:00")));
        await LandEmptyAsync(OnDay(1));
        await Days.KeepAsync(Id, Run, CancellationToken.None);
        await LandAsync(Landing("10:00", "12:00", "14:00", Row("ben", "10:00", "11:00")));

        var days = await Days.OpenAsync(Around(1).Select(id => id with { CopyOf = Run }), (_, _) => true, CancellationToken.None);

        Assert.That(days.Select(d => d.Header.Id), Is.EqualTo(new[] { Id with { CopyOf = Run }, OnDay(1) }));
        Assert.That(await days[0].RowsAsync(CancellationToken.None).Select(Text).ToListAsync(), Is.EqualTo(new[] { "anna 10:00-11:00 Ready" }));
    }

    private static bool Note(List<(LocalDate, Instant)> asked, LocalDate date, Instant latestEnd)
    {
        asked.Add((date, latestEnd));
        return true;
    }

    private RawDayId OnDay(int offset) => Id with { Date = Day.PlusDays(offset) };

    private IEnumerable<RawDayId> Around(int days) => Enumerable.Range(-days, (2 * days) + 1).Select(OnDay);

    private Task<LandingResult> LandEmptyAsync(RawDayId id) => Days.LandAsync(id, Landing("10:00", "12:00", "13:00"), CancellationToken.None);
}
