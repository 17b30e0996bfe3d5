using System.IO.Compression;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage.RawDays;

/// <summary>What is landed is what is read.</summary>
public sealed partial class RawDayStoreTests : RawDaysFixture
{
    [Test]
    public async Task ADayNeverLanded_IsEmpty()
    {
        var header = await HeaderAsync();

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((header.Version, header.Rows, header.Quarantined, header.LatestEnd), Is.EqualTo((0L, 0, 0, Instant.MinValue)));
            Assert.That(header.Windows, Is.Empty);
            Assert.That(await RowsAsync(), Is.Empty);
            Assert.That(await QuarantinedAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task Values_ComeBackAsReported()
    {
        string[] odd = ["Jörg \"Jo\" Müller, 2nd", "line 1\r\nline 2\n", " spaces ", "日本語 🎧", "#'=\\;\t"];
        var columns = new ReportColumns(["AGENT", "QUOTES, \"AND\"", "BLANKS", "ÜNÏCODE", "REST"]);
        var row = new ReportRow("Jörg, \"Jo\"\n", At("09:00:01"), At("09:00:07"), columns, odd);
        var bad = new QuarantinedRow(At("09:30"), 7, "A quote, \"stray\".", "a,\"b\r\n\"c,ü");

        await LandAsync(Landing("09:00", "10:00", "10:00", row, Row("Zoe", "09:01", null)).With(bad));

        var rows = await RowsAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(rows, Has.Count.EqualTo(2));
            Assert.That((rows[0].Key, rows[0].Start, rows[0].End), Is.EqualTo(("Jörg, \"Jo\"\n", At("09:00:01"), (Instant?)At("09:00:07"))));
            Assert.That(columns.Names.Select(n => rows[0].Values[rows[0].Columns.IndexOf(n)]), Is.EqualTo(odd));
            Assert.That(rows[1].End, Is.Null);
            Assert.That(await QuarantinedAsync(), Is.EqualTo(new[] { bad }));
        });
    }

    [Test]
    public async Task RowsOfReportsWithDifferentColumns_AreKeptByName()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05", "Ready")));
        var columns = new ReportColumns(["STATE", "MEDIA", "AGENT"]);
        await LandAsync(Landing("10:00", "11:00", "11:00", new ReportRow("Ann", At("10:00"), At("10:05"), columns, ["On Call", "Voice", "Ann"])));

        var rows = await RowsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rows[0].Columns.Names, Is.EqualTo(new[] { "AGENT", "STATE", "MEDIA" }));
            Assert.That(rows.Select(r => $"{r["AGENT"]}|{r["STATE"]}|{r["MEDIA"]}"), Is.EqualTo(new[] { "Ann|Ready|", "Ann|On Call|Voice" }));
        });
    }

    [Test]
    public async Task ANewerReport_ReplacesRowsAndQuarantinedRowsOfItsWindowOnly()
    {
        await LandAsync(Landing("09:00", "11:00", "11:00", Row("Ann", "09:00", "09:05"), Row("Ann", "10:00", "10:05"), Row("Bob", "10:30", "10:31")).With(Bad("09:10", 5), Bad("10:10", 9)));
        await LandAsync(Landing("10:00", "12:00", "12:00", Row("Ann", "10:00", "10:07"), Row("Cid", "11:00", "11:05")).With(Bad("11:10", 3)));
        await LandAsync(Landing("08:00", "12:00", "11:30", Row("Ann", "08:00", "08:05"), Row("Dan", "09:00", "09:05"), Row("Eve", "10:00", "10:05")));

        var header = await HeaderAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await RowsAsync()).Select(Text), Is.EqualTo(new[]
            {
                "Ann 08:00-08:05 Ready", "Ann 10:00-10:07 Ready", "Cid 11:00-11:05 Ready", "Dan 09:00-09:05 Ready",
            }));
            Assert.That((await QuarantinedAsync()).Select(q => q.Line), Is.EqualTo(new[] { 3 }));
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "08:00-10:00 @11:30 rows 2", "10:00-12:00 @12:00 rows 3" }));
            Assert.That((header.Rows, header.Quarantined, header.LatestEnd), Is.EqualTo((4, 1, At("11:05"))));
        });
    }

    [Test]
    public async Task TheBlob_IsReadableWithZcat()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Bob", "09:30", null), Row("Ann", "09:00", "09:05")).With(Bad("09:10", 5)));

        BlobDownloadResult blob = await Blobs.GetBlobContainerClient("reports").GetBlobClient($"{Id.Integration}/agent-states/2026-11-02.gz").DownloadContentAsync();
        using var text = new StreamReader(new GZipStream(blob.Content.ToStream(), CompressionMode.Decompress));
        var shown = Block().Replace(await text.ReadToEndAsync(), """{"id":"*"}""").Replace(Id.Integration, "north", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(shown, Is.EqualTo("""
                {"format":1,"integration":"north","report":"agent-states","date":"2026-11-02","version":639292464000000000,"rows":2,"quarantined":1,"latestEnd":"2026-11-02T09:30:00Z","reach":"2026-11-02T09:30:00Z","windows":[{"from":"2026-11-02T09:00:00Z","to":"2026-11-02T10:00:00Z","asOf":"2026-11-02T10:00:00Z","rows":3}],"columns":["AGENT","STATE"],"quarantinedBlocks":[{"id":"*"}],"rowBlocks":[{"id":"*"}]}
                at,line,reason,raw
                2026-11-02T09:10:00Z,5,The duration is unreadable.,"Ann,x"
                start,end,key,AGENT,STATE
                2026-11-02T09:00:00Z,2026-11-02T09:05:00Z,Ann,Ann,Ready
                2026-11-02T09:30:00Z,,Bob,Bob,Ready

                """));
            Assert.That(blob.Details.Metadata.Keys, Is.EquivalentTo(new[] { "version", "latestEnd", "headerLength", "quarantinedLength", "rowsLength" }));
            Assert.That(blob.Details.Metadata["version"], Is.EqualTo("639292464000000000"));
            Assert.That(blob.Details.Metadata["latestEnd"], Is.EqualTo("2026-11-02T09:30:00Z"));
            Assert.That(blob.Details.ContentType, Is.EqualTo("application/gzip"));
        });
    }

    [Test]
    public async Task AnEmptyResult_IsLanded()
    {
        var result = await LandAsync(Landing("09:00", "10:00", "10:00"));

        var header = await HeaderAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(result, Is.EqualTo(new LandingResult(Now.UtcTicks, LandingDoubts.None, Instant.MinValue)));
            Assert.That(header.Version, Is.EqualTo(Now.UtcTicks));
            Assert.That(header.LatestEnd, Is.EqualTo(Instant.MinValue));
            Assert.That(Text(header.Windows), Is.EqualTo(new[] { "09:00-10:00 @10:00" }));
            Assert.That(await RowsAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task Delete_LeavesADayNeverLanded()
    {
        await LandAsync(Landing("09:00", "10:00", "10:00", Row("Ann", "09:00", "09:05")));

        await Days.DeleteAsync(Id, CancellationToken.None);
        await Days.DeleteAsync(Id, CancellationToken.None);

        Assert.That((await HeaderAsync()).Version, Is.Zero);
    }

    [Test]
    public void ARowOutsideTheWindow_IsRefused() =>
        Assert.That(
            () => LandAsync(Landing("09:00", "10:00", "11:00", Row("Ann", "10:00", "10:05"))),
            Throws.ArgumentException.With.Message.Contains("2026-11-02T10:00:00Z"));

    [TestCase("North")]
    [TestCase("north/south")]
    [TestCase("")]
    [TestCase("north\n")]
    public void AnIntegrationThatIsNoSlug_IsRefused(string integration) =>
        Assert.That(() => Days.ReadHeaderAsync(Id with { Integration = integration }, CancellationToken.None), Throws.ArgumentException);

    [GeneratedRegex("""\{"id":"[^"]{44}","length":\d+,"content":"[^"]{44}"\}""")]
    private static partial Regex Block();
}
