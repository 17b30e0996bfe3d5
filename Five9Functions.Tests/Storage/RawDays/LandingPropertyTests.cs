using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Five9Functions.Tests.Storage;

/// <summary>The landing rules against a model that knows nothing of windows: for each second, the report that was run last.</summary>
public sealed class LandingPropertyTests
{
    private const int Seconds = 40;

    private static readonly Instant Midnight = Instant.FromUtc(2026, 11, 2, 0, 0);

    private static readonly ReportColumns Columns = new(["SAID BY"]);

    private static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Test]
    public void WhateverLands_EachSecondHoldsWhatTheReportRunLastSaid() =>
        Check.One(Thousand, Prop.ForAll(Reports(Gen.Choose(0, 5)).ToArbitrary(), reports =>
        {
            var model = new Report?[Seconds];
            foreach (var report in reports)
            {
                for (var second = report.From; second < report.To; second++)
                {
                    model[second] = model[second] is { } owner && owner.AsOf >= report.AsOf ? owner : report;
                }
            }

            var day = LandAll(reports);
            return RowsOf(day).SequenceEqual(RowsOf(model)) && IsTheLedgerOf(day, model);
        }));

    [Test]
    public void WhenNoTwoReportsWereRunAtOnce_TheirOrderOfLandingChangesNothing()
    {
        var cases =
            from reports in Reports(Gen.Constant(0))
            from asOfs in Gen.Shuffle(Enumerable.Range(0, reports.Length))
            let distinct = reports.Select((r, i) => r with { AsOf = asOfs[i] }).ToArray()
            from shuffled in Gen.Shuffle(distinct)
            select (distinct, shuffled);
        Check.One(Thousand, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (one, other) = (LandAll(c.distinct), LandAll(c.shuffled));
            return one.Windows.SequenceEqual(other.Windows) && RowsOf(one).SequenceEqual(RowsOf(other));
        }));
    }

    [Test]
    public void LandingEverythingAgain_ChangesNothing() =>
        Check.One(Thousand, Prop.ForAll(Reports(Gen.Choose(0, 1000)).ToArbitrary(), reports =>
        {
            var once = LandAll(reports);
            var twice = reports.Aggregate(once, (day, report) => day.Land(Landing(report)));
            return once.Windows.SequenceEqual(twice.Windows) && RowsOf(once).SequenceEqual(RowsOf(twice));
        }));

    private static Gen<Report[]> Reports(Gen<int> asOf)
    {
        var report =
            from a in Gen.Choose(0, Seconds)
            from b in Gen.Choose(0, Seconds)
            where a != b
            from run in asOf
            from starts in Gen.Choose(Math.Min(a, b), Math.Max(a, b) - 1).ListOf()
            from said in Gen.Choose(0, 2)
            select new Report(Math.Min(a, b), Math.Max(a, b), run, [.. starts], said);
        return from count in Gen.Choose(0, 8)
               from reports in report.ArrayOf(count)
               select reports;
    }

    private static MemoryDay LandAll(IEnumerable<Report> reports) => reports.Aggregate(MemoryDay.Empty, (day, report) => day.Land(Landing(report)));

    private static Landing Landing(Report report)
    {
        var rows = report.Starts
            .Select(s => new ReportRow($"agent {s % 3}", At(s), At(s + 1), Columns, [$"{report.Said}"]))
            .ToList();
        return new Landing(new Interval(At(report.From), At(report.To)), At(Seconds + report.AsOf), new ReportContent(rows.Count, 0, 0, rows, []), 20, false);
    }

    private static IEnumerable<(int Second, string Said)> RowsOf(MemoryDay day) =>
        day.Rows.Select(r => ((int)(r.Start - Midnight).TotalSeconds, r["SAID BY"])).Order();

    private static IEnumerable<(int Second, string Said)> RowsOf(Report?[] model) =>
        model.SelectMany((owner, second) => owner?.Starts.Where(s => s == second).Select(s => (s, $"{owner.Said}")) ?? []).Order();

    private static bool IsTheLedgerOf(MemoryDay day, Report?[] model)
    {
        var told = new int?[Seconds];
        foreach (var window in day.Windows)
        {
            for (var second = window.From; second < window.To; second += Duration.FromSeconds(1))
            {
                told[(int)(second - Midnight).TotalSeconds] = (int)(window.AsOf - At(Seconds)).TotalSeconds;
            }
        }

        var disjoint = day.Windows.Zip(day.Windows.Skip(1)).All(p => p.First.To < p.Second.From || (p.First.To == p.Second.From && p.First.AsOf != p.Second.AsOf));
        return disjoint
            && told.SequenceEqual(model.Select(m => m?.AsOf))
            && day.Windows.All(w => w.Rows == day.Rows.Count(r => w.From <= r.Start && r.Start < w.To));
    }

    private static Instant At(int second) => Midnight + Duration.FromSeconds(second);

    private sealed record Report(int From, int To, int AsOf, int[] Starts, int Said)
    {
        public override string ToString() => $"[{From},{To}) run at {AsOf} said '{Said}' of {string.Join(' ', Starts)}";
    }
}
