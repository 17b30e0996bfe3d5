using System.Diagnostics;
using Five9Functions.Tests.Api;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Infra;

/// <summary>infra/smoke-test.sh in a real shell, on the app and the simulator.</summary>
[CancelAfter(240_000)]
public sealed class SmokeTestTests : ApiTest
{
    [Test]
    public async Task ItSaysWhetherTheAppWorks_AndWhyNot()
    {
        var (app, api) = await ServeAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
        });
        var root = api.Http.BaseAddress!.ToString().TrimEnd('/');

        var works = await RunAsync(TestApp.HttpKey, root, "acme", "2026-11-03");
        Assert.That((works.ExitCode, works.Errors), Is.EqualTo((0, "")), works.Output);
        Assert.That(works.Output, Does.Contain("\"ready\":true").And.Contain("of acme, 2026-11-03").And.Contain("\"status\":\"succeeded\""));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { "anna Ready 21:00:00-21:10:00" }));

        var unknown = await RunAsync(TestApp.HttpKey, root, "nobody", "2026-11-03");
        Assert.That(unknown.ExitCode, Is.EqualTo(1));
        Assert.That(unknown.Errors, Does.StartWith("FAILED: an import of 2026-11-03 for nobody was not taken: ").And.EndWith("\n404\n"));

        var wrongKey = await RunAsync("wrong", root, "acme", "2026-11-03");
        Assert.That(wrongKey.Errors, Does.EndWith("\n401\n").And.Not.Contain("wrong"));

        var noKey = await RunAsync("", root);
        Assert.That((noKey.ExitCode, noKey.Errors), Is.EqualTo((0, "")), "health alone needs none");

        var down = await RunAsync("", "http://127.0.0.1:1/api");
        Assert.That(down.ExitCode, Is.EqualTo(1));
        Assert.That(down.Errors, Does.StartWith("FAILED: http://127.0.0.1:1/api/health did not become well in 3 s: "));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string key, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Deployment.Root(), "infra", "smoke-test.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FUNCTION_KEY"] = key;
        start.Environment["SMOKE_PAUSE"] = "0.2";
        start.Environment["SMOKE_SECONDS"] = arguments[0].EndsWith(":1/api", StringComparison.Ordinal) ? "3" : "120";
        using var shell = Process.Start(start)!;
        await using var end = Token.Register(() => shell.Kill(entireProcessTree: true));
        var errors = shell.StandardError.ReadToEndAsync(Token);
        var output = await shell.StandardOutput.ReadToEndAsync(Token);
        await shell.WaitForExitAsync(Token);
        return (shell.ExitCode, output, await errors);
    }
}
