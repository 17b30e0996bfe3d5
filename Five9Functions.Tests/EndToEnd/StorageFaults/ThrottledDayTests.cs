using System.Net;
using System.Text;
using Five9Functions.Tests.Storage.Faults;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>One partition is busy and asks for half a minute: nobody waits for it but its own message.</summary>
[CancelAfter(120_000)]
public sealed class ThrottledDayTests : StorageFaultTest
{
    [Test]
    public async Task TheOtherDaysAreWritten_WhileOneIsThrottled_AndThatOneRightAfterwards()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("failed at delivery");
        var days = new List<string>();
        var throttled = new TaskCompletionSource();
        app.Network.Faults = request =>
        {
            var written = request.Entities.Where(e => e is { Table: "ReportDays", Method: "POST" }).Select(e => e.RowKey).Except(days).ToList();
            days.AddRange(written);
            if (written.Contains("2026-11-04"))
            {
                return NetworkFaults.After(() => throttled.Task);
            }

            // At least once, however late it comes: the fourth day waits for that. Then until all other days are written.
            if (!request.Path.EndsWith("$batch", StringComparison.Ordinal) || !Encoding.UTF8.GetString(request.Body).Contains("\"acme|2026-11-03|00\"", StringComparison.Ordinal) || (throttled.Task.IsCompleted && days.Count >= 3))
            {
                return null;
            }

            throttled.TrySetResult();
            return NetworkFaults.Refusal(HttpStatusCode.ServiceUnavailable, "ServerBusy", retryAfterSeconds: 30);
        };

        await ImportAsync(app);

        await AssertAsUndisturbedAsync(app);
        Assert.That(days, Has.Count.EqualTo(4));
        Assert.That(days[^1], Is.EqualTo("2026-11-03"));
    }
}
