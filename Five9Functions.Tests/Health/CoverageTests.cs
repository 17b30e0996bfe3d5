using Five9Functions.Health;
using Five9Functions.Problems;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Health;

/// <summary>What coverage says of a day, 21 August 2026 in UTC unless it says otherwise. Ledgers are written as <c>0-24@26</c>: hours of the day, and the hour of the reading.</summary>
public sealed class CoverageTests
{
    private static readonly LocalDate Friday = new(2026, 8, 21);

    private static readonly Instant Start = Instant.FromUtc(2026, 8, 21, 0, 0);

    [TestCase("0-24@25 5", 48, "complete 5")]
    [TestCase("0-24@24.99 5", 48, "provisional 5", TestName = "A part read less than an hour after its end")]
    [TestCase("0-12@13 5;12-24@24.5 0", 48, "provisional 5")]
    [TestCase("0-12@13 0;12-24@25 0", 48, "empty 0")]
    [TestCase("0-24@25 20?", 48, "suspicious 20")]
    [TestCase("0-24@24.5 20?", 48, "suspicious 20", TestName = "Suspicious before provisional")]
    [TestCase("0-10@25 5;12-24@25 5?", 48, "missing 10 10-12", TestName = "Missing before suspicious")]
    [TestCase("", 48, "missing 0 0-24")]
    [TestCase("2-4@25 1;6-23@25 1", 48, "missing 2 0-2 4-6 23-24")]
    [TestCase("0-12@13 5", 12, "provisional 5", TestName = "The day is not over")]
    [TestCase("0-11.92@13 5", 12, "provisional 5", TestName = "The last minutes are not due yet")]
    [TestCase("0-11@13 5", 12, "missing 5 11-11.917", TestName = "What is due is older than the settle delay")]
    [TestCase("0-24@25 5", 24.05, "provisional 5", TestName = "The day is over, but its last minutes are only due at five past")]
    [TestCase("", 0.05, "provisional 0", TestName = "The day has just begun")]
    [TestCase("0-12@25 5;12-24@25 5-", 48, "missing 10 12-24", TestName = "What lacks the column SKILL is not enough")]
    public void ADay(string ledger, double now, string expected) => Assert.That(Text(Of(ledger, now)), Is.EqualTo(expected));

    [Test]
    public void ADayThatHasNotBegun_OrIsOlderThanTheHistory_IsNotListed_UnlessItWasImported()
    {
        Assert.That(Of("", -1), Is.Null);
        Assert.That(Of("", 48, history: Friday.PlusDays(1)), Is.Null);
        Assert.That(Text(Of("0-12@25 3", 48, history: Friday.PlusDays(1))), Is.EqualTo("missing 3 12-24"));
    }

    [TestCase("6-12", "", "failed 4 6-12", TestName = "Who tried what is missing failed")]
    [TestCase("0-6", "", "missing 4 6-12", TestName = "Who failed tried something else, which was read later")]
    [TestCase("6-12!;6-12", "", "missing 4 6-12", TestName = "Somebody is trying it, or could not, but a newer one did not fail")]
    [TestCase("6-8!;6-12", "", "failed 4 6-12", TestName = "A newer one tried a part of it only")]
    public void WhatIsMissing_AndFailed(string tried, string unused, string expected)
    {
        _ = unused;
        var windows = tried.Split(';').Select(t => new TriedWindow(Window(t.TrimEnd('!')), t.EndsWith('!') ? null : new ImportError(ImportProblem.ReportNotFound, "There is no such report."))).ToList();

        var day = Of("0-6@25 2;12-24@25 2", 48, tried: windows);

        Assert.That(Text(day), Is.EqualTo(expected));
        Assert.That(day!.Reason, Is.EqualTo(day.State == CoverageState.Failed ? "There is no such report." : null));
    }

    [Test]
    public void WhatWasReadAndNotDerived_HasFailed()
    {
        var day = Of("0-24@25 5", 48, derived: false);

        Assert.That((Text(day), day!.Reason), Is.EqualTo(("failed 5", "What was read could not be written to the tables: import the day again; the run that read it has the reason.")));
    }

    [TestCase("2026-11-01", 25)]
    [TestCase("2026-03-08", 23)]
    public void ADayOfAnotherLength_IsMissingAsAWhole(string date, int hours)
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
        var day = LocalDatePattern.Iso.Parse(date).Value;
        var input = new CoverageInput("calls", zone, day, Instant.FromUtc(2027, 1, 1, 0, 0), Duration.FromMinutes(5), _ => true);

        Assert.That(Coverage.Of(input, day, null, [])!.Missing.Single().Duration, Is.EqualTo(Duration.FromHours(hours)));
    }

    private static CoverageDay? Of(string ledger, double now, LocalDate? history = null, IReadOnlyList<TriedWindow>? tried = null, bool derived = true)
    {
        var id = new RawDayId("acme", "calls", Friday);
        var known = ledger.Length == 0 ? null : new ReportDay
        {
            Id = id,
            Windows = [.. ledger.Split(';').Select(Ledger)],
            LandedVersion = 7,
            Inputs = new Dictionary<LocalDate, long> { [Friday] = derived ? 7 : 6 },
        };
        return Coverage.Of(new CoverageInput("calls", DateTimeZone.Utc, history ?? Friday, At(now), Duration.FromMinutes(5), w => !w.LacksSkill), Friday, known, tried ?? []);
    }

    private static LedgerWindow Ledger(string text)
    {
        var parts = text.Split('@', ' ');
        var window = Window(parts[0]);
        return new(window.Start, window.End, At(Number(parts[1])), int.Parse(parts[2].TrimEnd('?', '-'), System.Globalization.CultureInfo.InvariantCulture), parts[2].EndsWith('?') ? At(Number(parts[1])) : null)
        {
            LacksSkill = parts[2].EndsWith('-'),
        };
    }

    private static Interval Window(string hours) => new(At(Number(hours.Split('-')[0])), At(Number(hours.Split('-')[1])));

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Instant At(double hours) => Instant.FromUnixTimeSeconds((Start + Duration.FromHours(hours)).ToUnixTimeSeconds());

    private static string Text(CoverageDay? day) => string.Join(' ', day!.Missing.Select(w => $"{Hours(w.Start)}-{Hours(w.End)}").Prepend($"{day.State.Code()} {day.Rows}"));

    private static string Hours(Instant at) => Math.Round((at - Start).TotalHours, 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
