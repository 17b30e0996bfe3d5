using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.RealTime;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Who is in which state now, from the timer to the table, against the simulator's supervisor service.</summary>
[CancelAfter(240_000)]
public sealed class LiveStateTableTests : EndToEndTest
{
    private readonly LiveCentre _centre = new();

    private TestSetup Setup => new() { Now = "2026-11-02T21:00:00Z", Rows = new StateRows(), Live = _centre };

    [Test]
    public async Task ASession_TellsEverythingOnce_AndThenWhatChanges_AndNothingElseIsWritten()
    {
        _centre.Put("anna", "Ready", "20:50:00").Put("ben", "Not Ready", "20:55:00", "Lunch").Put("cleo", "Wrestling", "20:59:00");
        var app = await StartAsync(Setup);

        await app.PollAsync(Token);
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, setSessionParameters 1"));
        Assert.That(await AgentsAsync(app), Is.EqualTo(new[]
        {
            "acme / anna: Agent='anna' AsOf=2026-11-02T21:00:00Z Before='' CallType='' Campaign='' Kind='ready' Other='' Reason='' Since=2026-11-02T20:50:00Z State='Ready'",
            "acme / ben: Agent='ben' AsOf=2026-11-02T21:00:00Z Before='' CallType='' Campaign='' Kind='notReady' Other='' Reason='Lunch' Since=2026-11-02T20:55:00Z State='Not Ready'",
            "acme / cleo: Agent='cleo' AsOf=2026-11-02T21:00:00Z Before='' CallType='' Campaign='' Kind='unknown' Other='' Reason='' Since=2026-11-02T20:59:00Z State='Wrestling'",
        }));

        // Nothing happens: no agent's row is written.
        app.Traffic.Clear();
        await app.PollLaterAsync(Token);
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates"), Is.EqualTo(new[] { "PUT *session", "PUT *session" }));
        Assert.That((await app.PictureAsync(Token)).AsOf, Is.EqualTo(LiveCentre.At("21:00:15")));

        // One goes on a call, one is gone, one comes; the third stays as he was.
        _centre.Put("ben", "On Call", "21:00:20", callType: "Inbound", campaign: "Support EN - Inbound").Put("dora", "Ready", "21:00:25");
        _centre.Remove("anna");
        app.Traffic.Clear();
        await app.PollLaterAsync(Token);
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates").Where(write => write != "PUT *session"), Is.EqualTo(new[] { "PUT anna", "PUT ben", "PUT dora" }));
        Assert.That(await AgentsAsync(app), Is.EqualTo(new[]
        {
            "acme / anna: Agent='anna' AsOf=2026-11-02T21:00:30Z Before='[[\"Ready\",\"ready\",\"\",\"2026-11-02T20:50:00Z\",\"2026-11-02T21:00:30Z\"]]' CallType='' Campaign='' Kind='loggedOut' Other='' Reason='' Since=2026-11-02T21:00:30Z State='Logged Out'",
            "acme / ben: Agent='ben' AsOf=2026-11-02T21:00:30Z Before='[[\"Not Ready\",\"notReady\",\"Lunch\",\"2026-11-02T20:55:00Z\",\"2026-11-02T21:00:20Z\"]]' CallType='Inbound' Campaign='Support EN - Inbound' Kind='call' Other='' Reason='' Since=2026-11-02T21:00:20Z State='On Call'",
            "acme / cleo: Agent='cleo' AsOf=2026-11-02T21:00:00Z Before='' CallType='' Campaign='' Kind='unknown' Other='' Reason='' Since=2026-11-02T20:59:00Z State='Wrestling'",
            "acme / dora: Agent='dora' AsOf=2026-11-02T21:00:30Z Before='' CallType='' Campaign='' Kind='ready' Other='' Reason='' Since=2026-11-02T21:00:25Z State='Ready'",
        }));

        // While answers bring changes, the poll goes on; and a message that comes again finds nothing left to do.
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, getStatisticsUpdate 3, setSessionParameters 1"));
        app.Traffic.Clear();
        await app.SendAsync(new SentMessage("live-polls", """{"integration":"acme","poll":3}"""), Token);
        await app.Host.WhenIdleAsync(Token);
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates"), Is.Empty);
        Assert.That(Calls(app), Does.Contain("getStatisticsUpdate 3"));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task ASessionThatSomebodyTookOver_IsTakenBack_ButOnceInTenMinutes()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be asked");
        await app.PollAsync(Token);

        // Five9 allows two of these calls a minute, and both are used.
        app.Five9.TakeOverSession();
        await app.PollLaterAsync(Token);
        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.Reason), Is.EqualTo((LiveFeed.Stale, Taken)));
        await app.PollLaterAsync(Token, seconds: 45);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        Assert.That(Calls(app), Does.Contain("setSessionParameters 2"));

        // Taken back at 21:01:00, and taken again: nothing is asked for ten minutes, and nobody's state is known.
        app.Five9.TakeOverSession();
        await app.PollLaterAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Reason, Is.EqualTo($"{Taken} It is taken back at 2026-11-02T21:11:00Z."));
        var before = Calls(app);
        app.Clock.Set("2026-11-02T21:10:30Z");
        await app.PollAsync(Token);
        await app.PollLaterAsync(Token);
        picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.AsOf, picture.Reason), Is.EqualTo((LiveFeed.Down, (Instant?)LiveCentre.At("21:01:00"), $"{Taken} It is taken back at 2026-11-02T21:11:00Z.")));
        Assert.That(picture.Agents.Select(Text), Is.EqualTo(new[] { "anna Unknown Unknown since 2026-11-02T21:01:00Z" }));
        Assert.That(Calls(app), Is.EqualTo(before));

        await app.PollLaterAsync(Token);
        picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.Reason), Is.EqualTo((LiveFeed.Live, (string?)null)));
        Assert.That(picture.Agents.Select(Text), Is.EqualTo(new[] { "anna Ready Ready since 2026-11-02T20:50:00Z" }));
        Assert.That(app.Log.Count("could not be asked"), Is.EqualTo(2));
    }

    [Test]
    public async Task AChangeWhileFive9HoldsTheAnswer_IsInTheTable_BeforeThePollIsOver()
    {
        _centre.Put("anna", "Ready", "20:50:00").Put("ben", "Ready", "20:51:00");
        var app = await StartAsync(Setup with { HoldsUpdates = true });
        await app.PollAsync(Token);

        app.Clock.Advance(Duration.FromSeconds(15));
        await app.Host.RunTimerAsync("PollAgentStates", Token);
        await _centre.WhenHeldAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Agents.Select(Text), Is.EqualTo(new[] { "anna Ready Ready since 2026-11-02T20:50:00Z", "ben Ready Ready since 2026-11-02T20:51:00Z" }));

        // The clock stands: whatever waits for a moment to come would wait for ever.
        app.Clock.Advance(Duration.FromSeconds(2));
        _centre.Put("anna", "On Call", "21:00:17", callType: "Inbound");
        await app.WhenAsync(async () => (await app.PictureAsync(Token)).AsOf == LiveCentre.At("21:00:17"), Token);
        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, app.Clock.Now), Is.EqualTo((LiveFeed.Live, LiveCentre.At("21:00:17"))));
        Assert.That(picture.Agents.Select(Text), Is.EqualTo(new[] { "anna On Call Call since 2026-11-02T21:00:17Z", "ben Ready Ready since 2026-11-02T20:51:00Z" }));

        // The call after it is held to its end, and brings nothing.
        await _centre.WhenHeldAsync(Token);
        app.Traffic.Clear();
        app.Clock.Advance(Duration.FromSeconds(5));
        await app.Host.WhenIdleAsync(Token);
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates"), Is.All.EqualTo("PUT *session").And.Not.Empty);
        Assert.That((await app.PictureAsync(Token)).AsOf, Is.EqualTo(LiveCentre.At("21:00:22")));
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, getStatisticsUpdate 2, setSessionParameters 1"));
    }

    [Test]
    public async Task ASessionThatEndedForWantOfCalls_IsOpenedAgainByTheNextPoll()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be asked");
        await app.PollAsync(Token);

        // Five9 counts its half an hour from the last call.
        await app.PollLaterAsync(Token, seconds: 29 * 60);
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, getStatisticsUpdate 1, setSessionParameters 1"));

        _centre.Put("anna", "On Call", "21:40:00");
        app.Clock.Set("2026-11-02T22:00:00Z");
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Down));
        await app.PollAsync(Token);
        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.AsOf, picture.Reason, Text(picture.Agents.Single())), Is.EqualTo((
            LiveFeed.Live, (Instant?)LiveCentre.At("22:00:00"), (string?)null, "anna On Call Call since 2026-11-02T21:40:00Z")));
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 2, getStatistics 2, getStatisticsUpdate 2, setSessionParameters 2"));

        await app.PollLaterAsync(Token);
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 2, getStatistics 2, getStatisticsUpdate 3, setSessionParameters 2"));
    }

    private const string Taken = "Somebody else logged in to Five9's supervisor service as importer@example.com, which ended our session (getStatisticsUpdate at 127.0.0.1: \"Session was closed: user importer@example.com logged in elsewhere\"). Give the importer a Five9 user that nothing and nobody else uses.";

    [Test]
    public async Task AnAnswerThatIsCut_ChangesNothing_AndAWholeOneReplacesAll()
    {
        _centre.Put("anna", "Ready", "20:50:00").Put("ben", "Ready", "20:51:00");
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be asked");
        app.Five9.Next("getStatistics", SimulatedAnswer.Truncated(700));
        await app.PollAsync(Token);
        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.AsOf, picture.Agents.Count), Is.EqualTo((LiveFeed.Down, (Instant?)null, 0)));
        Assert.That(picture.Reason, Is.EqualTo("The answer of Five9 at 127.0.0.1 to getStatistics ended before its closing tags; nothing of it is used."));

        // The session is there: only the states are asked for again, once Five9 allows it.
        await app.PollLaterAsync(Token);
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, setSessionParameters 1"));
        await app.PollLaterAsync(Token, seconds: 45);
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 2, getStatistics 2, setSessionParameters 1"));
        Assert.That((await app.PictureAsync(Token)).Agents.Select(Text), Is.EqualTo(new[] { "anna Ready Ready since 2026-11-02T20:50:00Z", "ben Ready Ready since 2026-11-02T20:51:00Z" }));

        // Five9 forgets the session, and its next answer is cut: nobody is logged out by it.
        _centre.Remove("anna");
        _centre.Put("ben", "Not Ready", "21:01:05", "Break");
        app.Five9.ForgetSession();
        app.Clock.Set("2026-11-02T21:02:00Z");
        app.Five9.Next("getStatistics", SimulatedAnswer.Truncated(700));
        await app.PollAsync(Token);
        Assert.That(await AgentsAsync(app), Has.All.Contains("State='Ready'"));
        Assert.That((await app.PictureAsync(Token)).Feed, Is.Not.EqualTo(LiveFeed.Live));

        app.Clock.Set("2026-11-02T21:03:00Z");
        await app.PollAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Agents.Select(Text), Is.EqualTo(new[]
        {
            "anna Logged Out LoggedOut since 2026-11-02T21:03:00Z",
            "ben Not Ready NotReady since 2026-11-02T21:01:05Z",
        }));
    }

    [Test]
    public async Task AGap_ShowsFirstAsStale_ThenAsUnknown_AndEndsWithWhatHappenedMeanwhile()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be asked");
        await app.PollAsync(Token);

        // No tick comes. An answer can be 25 s old: 15 to the next tick, 5 that Five9 holds it, 5 for the way.
        app.Clock.Set("2026-11-02T21:00:24Z");
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        app.Clock.Set("2026-11-02T21:00:25Z");
        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, picture.Reason), Is.EqualTo((LiveFeed.Stale, "Five9 answered at 2026-11-02T21:00:00Z for the last time, and no poll has come to its end since.")));
        Assert.That(picture.Agents.Select(Text), Is.EqualTo(new[] { "anna Ready Ready since 2026-11-02T20:50:00Z" }));
        app.Clock.Set("2026-11-02T21:00:55Z");
        picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, Text(picture.Agents[0])), Is.EqualTo((LiveFeed.Down, "anna Unknown Unknown since 2026-11-02T21:00:00Z")));

        _centre.Put("anna", "On Call", "21:00:30", callType: "Outbound");
        app.Clock.Set("2026-11-02T21:01:00Z");
        await app.PollAsync(Token);
        picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, Text(picture.Agents[0])), Is.EqualTo((LiveFeed.Live, "anna On Call Call since 2026-11-02T21:00:30Z")));
        Assert.That(Calls(app), Does.Contain("setSessionParameters 1"), "the session is still there");

        // Polls that fail count too, however soon they come: three in a row, and nobody's state is known.
        app.Five9.FromNth("getStatisticsUpdate", app.Five9.Calls["getStatisticsUpdate"] + 1, SimulatedAnswer.Http(503, "busy"));
        foreach (var feed in new[] { LiveFeed.Stale, LiveFeed.Stale, LiveFeed.Down })
        {
            await app.PollLaterAsync(Token, seconds: 1);
            picture = await app.PictureAsync(Token);
            Assert.That((picture.Feed, picture.Reason), Is.EqualTo((feed, "Five9 at 127.0.0.1 answered getStatisticsUpdate with HTTP 503 (text/html, no SOAP answer).")));
        }
    }

    [Test]
    public async Task AMessageThatIsLost_CostsAMinute_AndAUsedUpQuotaIsWaitedFor()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var app = await StartAsync(Setup with { Five9Limits = true });
        app.Log.Expect("could not be asked");
        await app.PollAsync(Token);
        app.Traffic.LoseNext(message => message.Queue == "live-polls");
        await app.PollLaterAsync(Token);
        var before = Calls(app);

        // It may still be under way.
        await app.PollLaterAsync(Token, seconds: 74);
        Assert.That(Calls(app), Is.EqualTo(before));
        await app.PollLaterAsync(Token, seconds: 1);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));

        // Five9 has counted what others did as the user, too: at 21:01:45 and at 21:02:00.
        foreach (var until in new[] { "2026-11-02T21:02:00Z", "2026-11-02T21:04:00Z" })
        {
            app.Five9.Next("getStatisticsUpdate", SimulatedAnswer.Fault("OperationsLimitExceeded", "Limit exceeded", 500, ("limit", "30"), ("operationType", "QueryChangedStatistics")));
            await app.PollLaterAsync(Token);
            Assert.That((await app.PictureAsync(Token)).Reason, Is.EqualTo($"Five9's quota for getStatisticsUpdate at 127.0.0.1 is used up (30 QueryChangedStatistics: \"Limit exceeded\"). It is asked again at {until}."));
        }

        before = Calls(app);
        await app.PollLaterAsync(Token, seconds: 105);
        Assert.That(Calls(app), Is.EqualTo(before));
        await app.PollLaterAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
    }

    [Test]
    public async Task APasswordThatFive9Rejected_IsNeverTriedAgain_ByEitherService()
    {
        var app = await StartAsync(Setup with { Secret = "wrong" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        app.Log.Expect("could not be asked");

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await app.PollLaterAsync(Token, seconds: 60);
        }

        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That((await app.PictureAsync(Token)).Reason, Does.StartWith("Five9 at 127.0.0.1 rejected the login of importer@example.com (setSessionParameters: \"Invalid login or password\")"));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, "simulated");
        await app.PollLaterAsync(Token, seconds: 60);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));

        // What the imports saw rejected: Five9 is not called with it at all.
        var (version, calls) = ((await app.Get<Logins>().NewestAsync((await app.Get<IntegrationTable>().FindAsync("acme", Token))!, Token)).Version, Calls(app));
        await app.Get<Five9UserTable>().UpdateAsync((await app.Get<Five9UserTable>().AllAsync(Token)).Single().Key, user => user with { Versions = new Dictionary<string, VersionMark> { ["five9-acme"] = new(version, VersionState.Rejected, Reason: "No.") } }, Token);
        await app.PollLaterAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Reason, Is.EqualTo("No."));
        Assert.That(Calls(app), Is.EqualTo(calls));
    }

    [Test]
    public async Task OfTwoIntegrationsOfOneUser_TheFirstHasItsSession_AndTheOtherSaysSo()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var app = await StartAsync(Setup with { Integrations = ["other", "acme"] });

        await app.PollAsync(Token);
        app.Traffic.Clear();
        await app.PollLaterAsync(Token);

        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        var other = await app.PictureAsync(Token, "other");
        Assert.That((other.Feed, other.Reason), Is.EqualTo((
            LiveFeed.Down, "A Five9 user has one session, and the integration acme has that of importer@example.com: give this one another Five9 user, or take real time from one of them.")));
        Assert.That(Calls(app), Is.EqualTo("getColumnNames 1, getStatistics 1, getStatisticsUpdate 1, setSessionParameters 1"));
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates"), Has.Count.EqualTo(2), "nothing is written of the other one again and again");
    }

    private static string Text(LiveAgentState state) => $"{state.Agent} {state.State} {state.Kind} since {state.Since}";

    private static async Task<IReadOnlyList<string>> AgentsAsync(TestApp app) =>
        [.. (await app.RowsAsync("LiveAgentStates", Token)).Where(row => !row.StartsWith("acme / *session", StringComparison.Ordinal))];

    private static string Calls(TestApp app) => string.Join(", ", app.Five9.Calls.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{call.Key} {call.Value}"));
}
