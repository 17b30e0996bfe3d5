using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.Services;
using Five9Functions.Tests.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Services;

/// <summary>The command as a person gives it: what it prints and writes, and whether another process is served with that.</summary>
public sealed class ServicesCommandTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("services-");
    private readonly Said _output = new();
    private readonly Said _error = new();

    private string SettingsFile => Path.Combine(_folder.FullName, "services", "local.settings.json");

    private string Certificate => Path.Combine(_folder.FullName, "services", "certificate.pem");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    [CancelAfter(120_000)]
    public async Task Settings_LeadAnotherProcessToStorageTheSimulatorAndAPassword(CancellationToken cancellationToken)
    {
        var exitCode = await ServeAsync(async () =>
        {
            var settings = Settings();
            Assert.That(settings["FUNCTIONS_WORKER_RUNTIME"], Is.EqualTo("dotnet-isolated"));
            Assert.That((settings["ImportSchedule"], settings["LiveSchedule"]), Is.EqualTo(("0 */15 * * * *", "*/15 * * * * *")));
            Assert.That(settings["Integrations__demo__Region"], Does.Match(@"^http://127\.0\.0\.1:\d+/$"));
            Assert.That($"http://{settings["Five9__AllowedHosts"]}/", Is.EqualTo(settings["Integrations__demo__Region"]));
            Assert.That(settings.Keys, Has.None.Contains(":"));

            var queue = new QueueServiceClient(settings["AzureWebJobsStorage"]).GetQueueClient("credential-events");
            Assert.That((await queue.ExistsAsync(cancellationToken)).Value, Is.True);
            Assert.That(await ReadAsync(settings, cancellationToken), Does.StartWith("""{"userName":"importer@example.com","password":"simulated","""));
            Assert.That(await ReadAsync(new(settings) { ["IDENTITY_HEADER"] = "another" }, cancellationToken), Is.EqualTo("AuthenticationFailedException"));
        }, cancellationToken);

        Assert.That((exitCode, _error.ToString()), Is.EqualTo((0, "")));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Files_AreForTheUserAlone_HoldWhatTheScreenDoesNot_AndEndWithTheCommand(CancellationToken cancellationToken)
    {
        await ServeAsync(
            () =>
            {
                if (!OperatingSystem.IsWindows())
                {
                    Assert.That(File.GetUnixFileMode(SettingsFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                    Assert.That(File.GetUnixFileMode(Certificate), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                }

                var settings = Settings();
                Assert.That(settings["SSL_CERT_FILE"], Is.EqualTo(Certificate));
                Assert.That(File.ReadAllText(Certificate), Does.StartWith("-----BEGIN CERTIFICATE-----").And.Not.Contain("PRIVATE"));
                Assert.That(settings["IDENTITY_HEADER"], Does.Match("^[0-9a-f]{64}$"));
                Assert.That(_output.ToString(), Does.Not.Contain(settings["IDENTITY_HEADER"]).And.Contain($"\"IDENTITY_HEADER\": \"(in {SettingsFile})\""));
                return Task.CompletedTask;
            },
            cancellationToken);

        Assert.That((File.Exists(SettingsFile), File.Exists(Certificate)), Is.EqualTo((false, false)));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Second_WithTheSameFolder_IsRefusedInOneSentence(CancellationToken cancellationToken) =>
        await ServeAsync(
            async () =>
            {
                var error = new StringWriter();
                var exitCode = await ServicesCommand.Create().Parse(Arguments("0")).InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = error }, cancellationToken);

                Assert.That(exitCode, Is.EqualTo(1));
                Assert.That(error.ToString(), Does.StartWith("Five9Functions is running already (").And.Contain("--folder").And.EndsWith(".\n"));
            },
            cancellationToken);

    [Test]
    public async Task PortThatIsTaken_IsRefusedInOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var exitCode = await ServicesCommand.Create().Parse(Arguments($"{port}")).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error });

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(_error.ToString(), Does.Contain($"{port}").And.Contain("--five9-port").And.EndsWith(".\n"));
        Assert.That(File.Exists(SettingsFile), Is.False);
    }

    private string[] Arguments(string five9) => ["--folder", _folder.FullName, "--blob-port", "0", "--queue-port", "0", "--table-port", "0", "--five9-port", five9];

    private async Task<int> ServeAsync(Func<Task> use, CancellationToken cancellationToken)
    {
        using var ctrlC = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = ServicesCommand.Create().Parse(Arguments("0")).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _error }, ctrlC.Token);
        try
        {
            if (await Task.WhenAny(_output.WhenAsync("Ctrl+C ends it."), running) == running)
            {
                Assert.Fail($"It ended: {_error}");
            }

            await use();
        }
        finally
        {
            await ctrlC.CancelAsync();
            await running;
        }

        return await running;
    }

    private Dictionary<string, string> Settings()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SettingsFile));
        return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!);
    }

    private static async Task<string> ReadAsync(Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServicesCommandTests).Assembly.Location, "secret", "five9-demo"]) { RedirectStandardOutput = true };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        return said.Trim();
    }
}
