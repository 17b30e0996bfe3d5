using System.Text;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>No password is in anything that is written or said, whatever goes wrong. The passwords hold characters that each form escapes in its own way.</summary>
[CancelAfter(240_000)]
public sealed class NeverShownTests : EndToEndTest
{
    private const string Right = "Mk7\"<q&>'é\\ R1x";
    private const string Wrong = "Mk7\"<q&>'é\\ W2x";
    private const string From = "2026-11-03T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";

    private static readonly Duration PastTheCache = Duration.FromMinutes(11);

    /// <summary>Answers that repeat the login, as a proxy's page for whoever looks for a fault does.</summary>
    private static string Echo => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestSetup.UserName}:{Right}"))} is {Right}, that is {LeakSearch.Base64(Right)}";

    [Test]
    public async Task AMarkedPassword_IsInNothingThatIsWrittenOrSaid()
    {
        using var search = new LeakSearch(TestSetup.UserName, Right, Wrong);
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z"), new StateRow("anna", "Ready", "2026-11-03T22:00:00Z", "2026-11-03T22:10:00Z") { Length = "soon" }),
            Password = Right,
            Logger = search,
        });
        app.Log.Expect("");
        Assert.That(await ImportAsync(), Is.EqualTo("Succeeded"));

        // Five9, or whoever answers in its place.
        foreach (var (answer, run) in new[]
        {
            (SimulatedAnswer.Fault("Server", Echo), "Succeeded"),
            (SimulatedAnswer.Fault("Unheard", Echo), "Succeeded"),
            (SimulatedAnswer.Http(200, $"<html>{Echo}</html>"), "Succeeded"),
            (SimulatedAnswer.Http(503, $"<html>{Echo}</html>"), "Succeeded"),
            (SimulatedAnswer.Truncated(40), "Succeeded"),
            (SimulatedAnswer.Reset(40), "Succeeded"),
            (SimulatedAnswer.Fault("ReportNotFound", Echo, details: [("folder", Echo), ("reportName", Right)]), "Failed ReportNotFound"),
            (SimulatedAnswer.Fault("AccessDisallowed", Echo), "Failed RoleMissing"),
            (SimulatedAnswer.Http(404, $"<html>{Echo}</html>"), "Failed AddressWrong"),
        })
        {
            app.Five9.Next("runReport", answer);
            Assert.That(await ImportAsync(), Is.EqualTo(run));
        }

        // The vault.
        app.Clock.Advance(PastTheCache);
        app.Vault.Answer = VaultAnswer.Unavailable;
        Assert.That(await ImportAsync(), Is.EqualTo("Succeeded"));
        app.Vault.Answer = VaultAnswer.Forbidden;
        app.Clock.Advance(PastTheCache);
        Assert.That(await ImportAsync(), Is.EqualTo("Failed VaultRefused"));
        app.Vault.Answer = VaultAnswer.Truth;
        foreach (var (content, attributes, problem) in new[]
        {
            (Right, null, "SecretUnreadable"),
            ($$"""{"userName": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Right))}}", "password": 7}""", null, "SecretUnreadable"),
            ("""{"userName": "ann", "password": "x"}""", null, "SecretOfAnotherUser"),
            ("""{"userName": "importer@example.com", "password": "x"}""", new SecretAttributes(Enabled: false, null, null), "SecretDisabled"),
        })
        {
            await app.Vault.PutAsync("five9-acme", content, attributes);
            app.Clock.Advance(PastTheCache);
            Assert.That(await ImportAsync(), Is.EqualTo($"Failed {problem}"));
        }

        // The login: HTTP 401 with a page, then a fault.
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        app.Five9.Next("runReport", SimulatedAnswer.Http(401, $"<html>{Echo}</html>", headers: [("WWW-Authenticate", $"Basic realm=\"{LeakSearch.Base64(Right)}\"")]));
        await RejectedAsync();
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Wrong);
        await RejectedAsync();
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        app.Clock.Advance(PastTheCache);
        Assert.That(await ImportAsync(), Is.EqualTo("Succeeded"));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));

        await search.SearchStorageAsync(app, Token);
        foreach (var kind in new[] { "log", "exceptions", "traces", "events of Azure-Core", "events of System.Net.Http", "tables", "messages", "blobs", "requests to storage" })
        {
            Assert.That(search.Searched.GetValueOrDefault(kind), Is.Positive, kind);
        }

        Assert.That(search.Found, Is.Empty);

        async Task<string> ImportAsync()
        {
            app.Clock.Advance(Duration.FromHours(1));
            var fold = await app.ImportAsync(From, To, Token);
            search.Search("log", fold.ToString());
            return $"{fold.Status} {string.Join(' ', fold.Errors.Select(e => e.Problem))}".TrimEnd();
        }

        async Task RejectedAsync()
        {
            app.Clock.Advance(PastTheCache);
            var run = await app.OpenAsync(From, To, Token);
            await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Any(s => s.Error?.Problem == ImportProblem.CredentialRejected), Token);
        }
    }

    /// <summary>A password that the importer makes is known only once it is made: what was written and said until then is searched afterwards.</summary>
    [Test]
    public async Task APasswordThatTheImporterMakes_AndOnesThatPersonsSend_AreInNothingThatIsWrittenOrSaid()
    {
        using var search = new LeakSearch(TestSetup.UserName, Right, Wrong);
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
            Password = Right,
            VaultSendsEvents = true,
            ServesHttp = true,
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Rotation"] = "Managed" },
            Logger = search,
        });
        app.Log.Expect("");
        using var api = new Api.ApiClient(app.Host.HttpAddress);
        var said = new List<string>();

        // Refused by a fault that repeats both logins, then done.
        app.Five9.Next("modifyUser", SimulatedAnswer.Fault("IncorrectArgument", Echo));
        await RotateAsync("the old one stays");
        await RotateAsync("Five9 takes the new password");
        said.Add((await api.PutAsync("integrations/acme/credential", $$"""{"password":"Mk7\"<q&>'é\\ W2x"}""")).Text);
        said.Add((await api.PutAsync("integrations/acme/credential", $$"""{"password":"Mk7\"<q&>'é\\ W2x","passwort":"Mk7\"<q&>'é\\ W2x"}""")).Text);
        said.Add((await api.GetAsync("health/integrations")).Text);
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));

        var made = ((SecretReading.Held)await app.Get<Five9Secrets>().NewestAsync("five9-acme", Token)).Secret.Password;
        Assert.That(made, Is.Not.EqualTo(Right));
        said.ForEach(text => search.Search("answers", text));
        await search.SearchStorageAsync(app, Token);
        Assert.That(search.Found, Is.Empty);
        using var again = new LeakSearch(TestSetup.UserName, made);
        said.Concat(app.Log.Lines).ToList().ForEach(text => again.Search("log", text));
        await again.SearchStorageAsync(app, Token);
        foreach (var kind in new[] { "log", "tables", "messages", "requests to storage" })
        {
            Assert.That(again.Searched.GetValueOrDefault(kind), Is.Positive, kind);
        }

        Assert.That(again.Found, Is.Empty);

        async Task RotateAsync(string until)
        {
            said.Add((await api.PostAsync("integrations/acme/credential/rotate")).Text);
            app.Host.LookNow();
            await app.WhenAsync(() => Task.FromResult(app.Log.Count(until) == 1), Token);
        }
    }

    [Test]
    public void ASearch_FindsEachForm()
    {
        using var search = new LeakSearch("u", "p\"<&>'é\\");

        foreach (var form in new[] { "p\"<&>'é\\", "cCI8Jj4nw6lc", "dTpwIjwmPifDqVw", "p&quot;&lt;&amp;&gt;&apos;é\\", "p&quot;&lt;&amp;&gt;&#39;&#233;\\", "p%22%3C%26%3E%27%C3%A9%5C", "p\\u0022\\u003C\\u0026\\u003E\\u0027\\u00E9\\\\", "p\\\"<&>'é\\\\" })
        {
            var before = search.Found.Count();
            search.Search("a text", $"before {form} after");
            Assert.That(search.Found.Count(), Is.GreaterThan(before), form);
        }

        Assert.That(search.Found.Any(f => f.StartsWith("exceptions", StringComparison.Ordinal)), Is.False);
        Assert.That(() => throw new InvalidDataException("p\"<&>'é\\"), Throws.Exception);
        Assert.That(search.Found.Any(f => f.StartsWith("exceptions", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public void Forms_OfAPasswordThatFive9Repeats_AreLeftOutOfWhatIsQuoted()
    {
        var call = new Five9Call("runReport", new Five9Login(new Uri("https://api.five9.test/"), "u", "p\"<&>'é\\"), null, SoapService.Admin("v13"));

        foreach (var form in new[] { "p\"<&>'é\\", "cCI8Jj4nw6lc", "dTpwIjwmPifDqVw=", "dTpwIjwmPifDqVw", "p&quot;&lt;&amp;&gt;&apos;é\\", "p&quot;&lt;&amp;&gt;&#39;&#233;\\", "p%22%3C%26%3E%27%C3%A9%5C", "p\\u0022\\u003C\\u0026\\u003E\\u0027\\u00E9\\\\", "p\\\"<&>'é\\\\" })
        {
            Assert.That(call.Quote($"said {form} twice"), Is.EqualTo("\"said *** twice\""));
        }
    }

    /// <summary>Whatever in our assemblies has a property that can hold a password prints none of it, records above all.</summary>
    [Test]
    public void ToString_OfWhateverHoldsAPassword_DoesNotHoldIt()
    {
        var searched = new List<string>();
        foreach (var type in new[] { typeof(Registration).Assembly, typeof(Five9Simulator).Assembly }.SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false, IsInterface: false, ContainsGenericParameters: false }))
        {
            const System.Reflection.BindingFlags Fields = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
            var texts = type.GetFields(Fields).Where(f => f.FieldType == typeof(string)).ToList();
            if (!texts.Any(f => f.Name.Contains("password", StringComparison.OrdinalIgnoreCase) || (type.Namespace!.EndsWith("Vault", StringComparison.Ordinal) && f.Name.Contains("<Value>", StringComparison.Ordinal))))
            {
                continue;
            }

            var held = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            texts.ForEach(f => f.SetValue(held, f.Name.Contains("password", StringComparison.OrdinalIgnoreCase) || f.Name.Contains("<Value>", StringComparison.Ordinal) ? Right : "other"));
            foreach (var uri in type.GetFields(Fields).Where(f => f.FieldType == typeof(Uri)))
            {
                uri.SetValue(held, new Uri("https://api.five9.test/"));
            }

            searched.Add(type.Name);
            Assert.That(held.ToString(), Does.Not.Contain("Mk7"), type.FullName);
        }

        Assert.That(searched, Is.SupersetOf(new[] { nameof(Five9Login), "Five9Secret", nameof(SimulatorOptions), "SimulatorRequest", "HeldVersion", "SecretParameters" }));
        Assert.That(new Five9Credential(new Five9Login(new Uri("https://api.five9.test/"), "u", Right), "v1").ToString(), Does.Not.Contain("Mk7"));
    }
}
