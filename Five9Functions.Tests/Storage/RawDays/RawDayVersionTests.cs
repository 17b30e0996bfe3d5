using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>What a landing writes, when it is a new version, and how far it reaches.</summary>
public sealed class RawDayVersionTests : RawDaysFixture
{
    [Test]
    public async Task TheSameLandingAgain_WritesNothing()
    {
        var landing = Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", null)).With(Bad("09:10", 5));
        var first = await LandAsync(landing);
        Requests.Clear();
        Time.Advance(TimeSpan.FromHours(1));

        var second = await LandAsync(landing);

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(Requests.Sent.Select(s => s[..3]), Is.EqualTo(new[] { "HEA", "GET" }));
        });
    }

    [Test]
    public async Task TheSameRowsReadLater_UploadTheHeaderAlone()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => Row($"Agent {i:000}", "09:00", "09:05", $"State {i * 7919 % 1000}")).ToArray();
        var first = await LandAsync(Landing("09:00", "10:00", "10:00", rows).With(Bad("09:10", 5)));
        Requests.Clear();
        Time.Advance(TimeSpan.FromHours(1));

        Array.Reverse(rows);
        var second = await LandAsync(Landing("09:00", "10:00", "11:00", rows).With(Bad("09:10", 5)));

        var header = await HeaderAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(second.Version, Is.EqualTo(first.Version));
            Assert.That(Requests.Sent.Where(s => s.StartsWith("PUT", StringComparison.Ordinal)), Is.EqualTo(new[] { "PUT block", "PUT blocklist" }));
            Assert.That(Requests.UploadedBytes, Is.LessThan(2000));
            Assert.That(header.Version, Is.EqualTo(first.Version));
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:00-10:00 @11:00 rows 1001" }));
            Assert.That(await RowsAsync(), Has.Count.EqualTo(1000));
        });
    }

    [Test]
    public async Task TheSameRowsFromAReportWithSkill_AreANewVersion_AndTheLedgerSaysSo()
    {
        var first = await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")) with { LacksSkill = true });
        var half = await LandAsync(Landing("09:00", "09:30", "10:15", Row("Ann", "09:00", "09:05")));
        var before = await HeaderAsync();
        var same = await LandAsync(Landing("09:00", "09:30", "10:30", Row("Ann", "09:00", "09:05")) with { LacksSkill = true });

        Assert.That((first.Version, half.Version, same.Version), Is.EqualTo((Now.UtcTicks, Now.UtcTicks + 1, Now.UtcTicks + 2)));
        Assert.That(before.Windows.Select(w => w.LacksSkill), Is.EqualTo(new[] { false, true }), "nothing is held in the second half, so by skill the day is whole");
        Assert.That((await HeaderAsync()).Windows.Select(w => w.LacksSkill), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public async Task AnOpenRowReadLater_IsANewVersion()
    {
        var first = await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", null)));

        var second = await LandAsync(Landing("09:00", "10:00", "10:15", Row("Ann", "09:00", null)));

        Assert.Multiple(() =>
        {
            Assert.That(first.Version, Is.EqualTo(Now.UtcTicks));
            Assert.That(second.Version, Is.EqualTo(Now.UtcTicks + 1), "the clock stood still");
        });
    }

    [Test]
    public async Task ANewVersion_IsTheTimeInTicks()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")));
        Time.Advance(TimeSpan.FromSeconds(1));

        var second = await LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));

        Assert.That(second.Version, Is.EqualTo(Now.UtcTicks + TimeSpan.TicksPerSecond));
    }

    [Test]
    public async Task AnEmptyGapFilled_IsNoNewVersion()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")));
        Time.Advance(TimeSpan.FromHours(1));

        var second = await LandAsync(Landing("10:00", "11:00", "11:00"));

        Assert.That(second.Version, Is.EqualTo(Now.UtcTicks));
    }

    [Test]
    public async Task LatestEnd_CoversTheRowsBeforeAndAfter_AndStaysSoWhenItIsAskedAgain()
    {
        var longer = await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "23:00")));
        var shorter = Landing("09:00", "10:00", "11:00", Row("Ann", "09:00", "09:05"));
        var after = await LandAsync(shorter);
        var redelivered = await LandAsync(shorter);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(longer.LatestEnd, Is.EqualTo(At("23:00")));
            Assert.That(after.LatestEnd, Is.EqualTo(At("23:00")));
            Assert.That(redelivered, Is.EqualTo(after), "the first delivery may have died before it told anyone");
            Assert.That((await HeaderAsync()).LatestEnd, Is.EqualTo(At("09:05")));
        });
    }

    [Test]
    public async Task AnEmptyResultOverManyRows_IsBelievedTheSecondTime()
    {
        var rows = Enumerable.Range(10, 20).Select(i => Row("Ann", $"09:{i}", $"09:{i}:30")).ToArray();
        var first = await LandAsync(Landing("09:00", "10:00", "10:00", rows));

        var empty = await LandAsync(Landing("09:00", "11:00", "11:00"));
        var held = await HeaderAsync();
        var tooSoon = await LandAsync(Landing("09:00", "11:00", "11:30"));
        var believed = await LandAsync(Landing("09:00", "11:00", "12:00"));

        var header = await HeaderAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(empty, Is.EqualTo(first with { Doubts = LandingDoubts.TooSmall }));
            Assert.That(Text(held.Windows), Is.EqualTo(new[] { "09:00-10:00 @10:00 rows 20 empty 11:00", "10:00-11:00 @11:00" }));
            Assert.That(tooSoon.Doubts, Is.EqualTo(LandingDoubts.TooSmall));
            Assert.That(believed, Is.EqualTo(new LandingResult(Now.UtcTicks + 1, LandingDoubts.None, At("09:29:30"))));
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:00-11:00 @12:00" }));
            Assert.That((header.Rows, header.LatestEnd), Is.EqualTo((0, Instant.MinValue)));
            Assert.That(await RowsAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task AnEmptyResultOverPartOfAWindow_CountsTheRowsOfThatPart()
    {
        var rows = Enumerable.Range(10, 20).Select(i => Row("Ann", $"09:{i}", $"09:{i}:30")).ToArray();
        await LandAsync(Landing("09:00", "10:00", "10:00", rows));

        var result = await LandAsync(Landing("09:20", "10:00", "11:00"));

        var header = await HeaderAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Doubts, Is.EqualTo(LandingDoubts.None), "ten rows are not twenty");
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:00-09:20 @10:00 rows 10", "09:20-10:00 @11:00" }));
        });
    }

    [Test]
    public async Task AForcedEmptyResult_IsBelieved()
    {
        var rows = Enumerable.Range(10, 20).Select(i => Row("Ann", $"09:{i}", $"09:{i}:30")).ToArray();
        await LandAsync(Landing("09:00", "10:00", "10:00", rows));

        var result = await LandAsync(Landing("09:00", "10:00", "10:01") with { Force = true });

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(result.Doubts, Is.EqualTo(LandingDoubts.None));
            Assert.That(await RowsAsync(), Is.Empty);
        });
    }
}
