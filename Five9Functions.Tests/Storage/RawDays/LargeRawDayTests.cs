using System.Globalization;
using System.Text.RegularExpressions;
using Five9Functions.Five9.Reports;
using Five9Functions.Storage.RawDays;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

/// <summary>20,000 rows of about 270 bytes: several blocks.</summary>
public sealed partial class LargeRawDayTests : RawDaysFixture
{
    private static readonly ReportColumns Wide = new(["AGENT", "STATE", "NOTE"]);

    [Test]
    public async Task ALargeDay_IsReadInOrderAndInPieces()
    {
        await LandAsync(Landing("00:00", "24:00", "20:00", Rows(agents: 100, hour: null)));
        Requests.Clear();

        var reader = await Days.OpenAsync(Id, CancellationToken.None);
        var read = 0;
        var previous = Row("", "00:00", null);
        await foreach (var row in reader.RowsAsync(CancellationToken.None))
        {
            Assert.That(RowOrder.Instance.Compare(previous, row), Is.Negative);
            Assert.That(row.Values[2], Is.EqualTo(Note(row.Key, row["STATE"])));
            (previous, read) = (row, read + 1);
        }

        Assert.Multiple(() =>
        {
            Assert.That((read, reader.Header.Rows), Is.EqualTo((20_000, 20_000)));
            Assert.That(Requests.Sent, Has.Count.EqualTo(5), "the properties, the header and each block once");
            Assert.That(Requests.Sent.Skip(1).Select(Length), Is.All.LessThan(4 * 1024 * 1024));
        });
    }

    [Test]
    public async Task TheHeader_IsReadWithoutTheRows()
    {
        await LandAsync(Landing("00:00", "24:00", "20:00", Rows(agents: 100, hour: null)));
        Requests.Clear();

        var header = await Days.ReadHeaderAsync(Id, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(header.Rows, Is.EqualTo(20_000));
            Assert.That(Requests.Sent, Has.Count.EqualTo(2));
            Assert.That(Requests.Sent[0], Is.EqualTo("HEAD"));
            Assert.That(Length(Requests.Sent[1]), Is.LessThan(2000));
        });
    }

    [Test]
    public async Task HourlyPiecesBackwards_MakeTheDayThatWasLandedAtOnce()
    {
        var whole = Id with { Integration = $"{Id.Integration}-w" };
        await OtherDays.LandAsync(whole, Landing("00:00", "24:00", "20:00", Rows(agents: 10, hour: null)), CancellationToken.None);

        for (var hour = 23; hour >= 0; hour--)
        {
            await LandAsync(Landing($"{hour:00}:00", $"{hour + 1:00}:00", "20:00", Rows(agents: 10, hour)));
        }

        var atOnce = await OtherDays.OpenAsync(whole, CancellationToken.None);
        var (inPieces, header) = (await RowsAsync(), await HeaderAsync());
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(inPieces, Has.Count.EqualTo(2000));
            Assert.That(inPieces.Select(Text), Is.EqualTo((await atOnce.RowsAsync(CancellationToken.None).ToListAsync()).Select(Text)));
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "00:00-24:00 @20:00 rows 2000" }));
        });
    }

    // 200 rows for each agent, one every seven minutes.
    private static ReportRow[] Rows(int agents, int? hour) =>
    [
        .. from agent in Enumerable.Range(0, agents)
           from i in Enumerable.Range(0, 200)
           let start = At("00:00") + NodaTime.Duration.FromMinutes(7 * i)
           where hour is null || start.InUtc().Hour == hour
           let key = $"agent{agent}@example.com"
           let state = $"State {i}"
           select new ReportRow(key, start, start + NodaTime.Duration.FromSeconds(30 + i), Wide, [key, state, Note(key, state)]),
    ];

    private static string Note(string key, string state) => string.Concat(Enumerable.Repeat($"{key} {state} ", 7));

    private static long Length(string request)
    {
        var range = Range().Match(request);
        return long.Parse(range.Groups["to"].Value, CultureInfo.InvariantCulture) - long.Parse(range.Groups["from"].Value, CultureInfo.InvariantCulture) + 1;
    }

    [GeneratedRegex(@"bytes=(?<from>\d+)-(?<to>\d+)")]
    private static partial Regex Range();
}
