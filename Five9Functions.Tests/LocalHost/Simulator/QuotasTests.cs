using Five9Functions.LocalHost.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>Each limit of each operation type, to the tick at which its window of the calendar turns.</summary>
public sealed class QuotasTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);

    [TestCase("ReportRequest", 16)]
    [TestCase("RetrieveReport", 20)]
    [TestCase("Query", 450)]
    public void TheMinute(string type, int limit) => Refuses(type, limit, TimeSpan.FromMinutes(1), limit);

    [TestCase("ReportRequest", 16, 120)]
    [TestCase("RetrieveReport", 20, 200)]
    [TestCase("Query", 450, 15_000)]
    public void TheHour(string type, int aMinute, int limit) => Refuses(type, limit, TimeSpan.FromHours(1), aMinute);

    [TestCase("ReportRequest", 16, 800)]
    [TestCase("RetrieveReport", 20, 1_000)]
    [TestCase("Query", 450, 172_800)]
    public void TheDay(string type, int aMinute, int limit) => Refuses(type, limit, TimeSpan.FromDays(1), aMinute);

    [Test]
    public void ARefusedCall_IsCountedNowhere_AndOtherTypesGoOn()
    {
        var quotas = new Quotas(new FakeTimeProvider(Midnight), enforced: true);
        Repeat(16, () => quotas.Use("ReportRequest"));

        Assert.That(() => quotas.Use("ReportRequest"), Throws.TypeOf<SoapFaultException>());
        quotas.Use("Query");

        Assert.That(quotas.States().Where(s => s.Used > 0).Select(s => $"{s.Seconds} {s.OperationType} {s.Used}/{s.Limit}"), Is.EqualTo(new[]
        {
            "60 ReportRequest 16/16", "60 Query 1/450", "3600 ReportRequest 16/120", "3600 Query 1/15000", "86400 ReportRequest 16/800", "86400 Query 1/172800",
        }));
    }

    /// <summary>Uses a window up, as fast as the shorter windows allow, and then stands on both sides of its turn.</summary>
    private static void Refuses(string type, int limit, TimeSpan window, int aMinute)
    {
        var clock = new FakeTimeProvider(Midnight);
        var quotas = new Quotas(clock, enforced: true);
        for (var used = 0; used < limit; used++)
        {
            if (used > 0 && used % aMinute == 0)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
            }

            while (!TryUse(quotas, type))
            {
                // The hour is used up before the day.
                clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        clock.SetUtcNow(Midnight + window - TimeSpan.FromTicks(1));
        Assert.That(
            () => quotas.Use(type),
            Throws.TypeOf<SoapFaultException>().With.Message.EqualTo($"Limit of {limit} {type} operations in {window.TotalSeconds} seconds exceeded"));

        clock.SetUtcNow(Midnight + window);
        quotas.Use(type);
        Assert.That(quotas.States().Single(s => s.OperationType == type && s.Seconds == (int)window.TotalSeconds).Used, Is.EqualTo(1));
    }

    private static bool TryUse(Quotas quotas, string type)
    {
        try
        {
            quotas.Use(type);
            return true;
        }
        catch (SoapFaultException)
        {
            return false;
        }
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
