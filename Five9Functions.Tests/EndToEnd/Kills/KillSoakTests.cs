using System.Diagnostics;
using System.Globalization;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// Random kills while two integrations of one Five9 user import a day of 50 agents, on schedule and for a person, on two instances;
/// in each round Five9 tells the other form of the day. After each round everything is as an undisturbed import leaves it.
/// For longer: <c>dotnet test --filter KillSoak -- 'TestRunParameters.Parameter(name="SoakKills", value="1000")'</c>, and
/// <c>SoakSeed</c> likewise.
/// </summary>
public sealed class KillSoakTests : EndToEndTest
{
    private const string Now = "2026-08-20T17:00:00Z";
    private const string From = "2026-08-19T07:00:00Z";
    private const string To = "2026-08-20T07:00:00Z";

    private const int KillsOfARound = 20;

    private static readonly LocalDate Date = new(2026, 8, 19);
    private static readonly string[] Integrations = ["acme", "other"];

    // A round takes seconds; one that does not end is stuck.
    private static readonly TimeSpan MaxRound = TimeSpan.FromMinutes(4);

    [Test]
    public async Task AfterManyKills_EverythingIsAsAnUndisturbedImportLeavesIt()
    {
        var (wanted, seed) = (Parameter("SoakKills", 40), Parameter("SoakSeed", 20260819));
        var undisturbed = new[] { await UndisturbedAsync(corrected: false), await UndisturbedAsync(corrected: true) };
        Assert.That(undisturbed.Select(lines => lines.Count), Is.EqualTo(new[] { 4304, 3468 }));

        var day = new SoakDay(Date);
        var app = await StartAsync(Setup(day));
        await app.StartAnotherInstanceAsync(Token);
        app.Log.Expect("times and never settled");
        app.Log.Expect("-poison");
        var kills = new RandomKills(seed);
        app.KillAt = kills.At;
        var clock = Stopwatch.StartNew();
        var round = 0;
        for (; kills.Count < wanted; round++)
        {
            day.Corrected = round % 2 == 1;
            var ended = await RoundAsync(app, kills, Math.Min(wanted, kills.Count + KillsOfARound));
            Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty, HowToRepeat);
            Assert.That(await StorageSnapshot.TakeAsync(app.ConnectionString, Token), Is.EqualTo(undisturbed[round % 2]), HowToRepeat);
            Assert.That(ended, Is.True, HowToRepeat);
            if (round % 5 == 4)
            {
                await TestContext.Progress.WriteLineAsync($"{kills.Count} kills in {round + 1} rounds and {clock.Elapsed.TotalSeconds:0} s");
            }
        }

        // Five kills in a row make a message poison; the slice whose step it was goes on without it. No other way leads there.
        Assert.That(await Settled.PoisonAsync(app.ConnectionString, Token), Is.LessThanOrEqualTo(app.Log.Count("times and never settled")));
        await TestContext.Out.WriteLineAsync($"{kills.Count} kills ({kills.AtCalls} at calls to Five9) in {round} rounds and {clock.Elapsed.TotalSeconds:0} s, seed {seed}.");

        string HowToRepeat() => $"round {round}, {kills.Count} kills, the last one {kills.Last}. Once more: dotnet test --filter KillSoak -- "
            + $"'TestRunParameters.Parameter(name=\"SoakKills\", value=\"{wanted}\")' 'TestRunParameters.Parameter(name=\"SoakSeed\", value=\"{seed}\")'";
    }

    private static int Parameter(string name, int otherwise) => int.Parse(TestContext.Parameters.Get(name, $"{otherwise}"), CultureInfo.InvariantCulture);

    private static TestSetup Setup(SoakDay day) => new()
    {
        Now = Now,
        Rows = day,
        Integrations = Integrations,
        Five9RowCap = 700,

        // On a slow machine an answer with messages can be lost for good, as in life; the round must not wait ten minutes for them.
        MessageInvisibility = TimeSpan.FromMinutes(1),
        Settings = new Dictionary<string, string?> { ["Imports:RowCap"] = "700", ["Integrations:acme:HistoryDays"] = "1", ["Integrations:other:HistoryDays"] = "1" },
    };

    private static async Task<IReadOnlyList<string>> UndisturbedAsync(bool corrected)
    {
        await using var app = await TestApp.StartAsync(Setup(new SoakDay(Date) { Corrected = corrected }), Token);
        foreach (var integration in Integrations)
        {
            await app.FinishedAsync(await app.OpenAsync(From, To, Token, integration), Token);
        }

        Assert.That(app.Log.Unexpected, Is.Empty);
        return await StorageSnapshot.TakeAsync(app.ConnectionString, Token);
    }

    /// <summary>A person asks for the day, ticks go on, instances die; until everything that was asked for is done.</summary>
    /// <returns>False when that takes too long.</returns>
    private static async Task<bool> RoundAsync(TestApp app, RandomKills kills, int most)
    {
        using var stuck = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stuck.CancelAfter(MaxRound);
        try
        {
            app.Clock.Advance(Duration.FromHours(1));
            kills.Most = most;
            foreach (var integration in Integrations)
            {
                await InsistAsync(app, () => app.OpenAsync(From, To, stuck.Token, integration), stuck.Token);
            }

            await InsistAsync(app, () => app.Host.RunTimerAsync("ScheduleImports", stuck.Token), stuck.Token);
            while (!await QuietAsync(app, stuck.Token) || await AnyOpenAsync(app, stuck.Token))
            {
                var killed = app.Killed.IsCompleted;
                if (killed)
                {
                    await ReviveAsync(app, stuck.Token);
                }

                // At any time, but not so often that there is always something newer to do.
                if (!killed || kills.OneIn(10))
                {
                    app.Clock.Advance(Duration.FromMinutes(16));
                    await InsistAsync(app, () => app.Host.RunTimerAsync("ScheduleImports", stuck.Token), stuck.Token);
                }
            }

            kills.Most = 0;
            await app.TickAsync(stuck.Token);
            return true;
        }
        catch (OperationCanceledException) when (stuck.IsCancellationRequested && !Token.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Does it once more, on another instance, for as long as the instance that does it is killed.</summary>
    private static async Task InsistAsync(TestApp app, Func<Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (app.Killed.IsCompleted && IsKill(e))
            {
                await ReviveAsync(app, cancellationToken);
            }
        }
    }

    /// <summary>The lease of the dead ends after a minute.</summary>
    private static Task ReviveAsync(TestApp app, CancellationToken cancellationToken)
    {
        app.Clock.Advance(Duration.FromSeconds(61));
        return app.ReviveAsync(cancellationToken);
    }

    private static bool IsKill(Exception e) => e is InstanceKilledException || e is AggregateException several && several.Flatten().InnerExceptions.All(i => IsKill(i.GetBaseException()));

    /// <returns>True when no message is left; false when an instance is killed before that.</returns>
    private static async Task<bool> QuietAsync(TestApp app, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await await Task.WhenAny(app.Killed, app.Host.WhenIdleAsync(over.Token));
            return !app.Killed.IsCompleted;
        }
        catch (InstanceKilledException)
        {
            return false;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private static async Task<bool> AnyOpenAsync(TestApp app, CancellationToken cancellationToken) =>
        (await app.RowsAsync(StorageLayout.ImportRunsTable, cancellationToken)).Any(row => !row.Contains("FinishedAt=", StringComparison.Ordinal));
}
