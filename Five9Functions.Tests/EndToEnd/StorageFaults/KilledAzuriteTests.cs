using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.Runs;
using Five9Functions.Tests.Storage.Faults;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>The storage process is killed in the middle of an import and starts again with what it had on disk.</summary>
[CancelAfter(180_000)]
public sealed partial class KilledAzuriteTests : StorageFaultTest
{
    private const string Marker = "saved0until0here";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("five9-azurite-");
    private AzuriteServer _azurite = null!;

    [SetUp]
    public async Task StartAzuriteAsync() => _azurite = await AzuriteServer.StartAsync(new AzuriteOptions(Folder: _folder.FullName));

    [TearDown]
    public async Task StopAzuriteAsync()
    {
        await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [TestCase("comp=blocklist", false)]
    [TestCase("$batch", true)]
    public async Task AnImport_EndsAsIfNothingHadHappened(string at, bool committed)
    {
        var app = await StartAsync(Setup with { Storage = _azurite.ConnectionString, MessageInvisibility = TimeSpan.FromSeconds(2) });
        foreach (var words in new[] { "could not be read; trying again", "failed at delivery", "could not be deleted or given back", "could not be kept hidden" })
        {
            app.Log.Expect(words);
        }

        var (reached, killed, holding) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        app.Network.Faults = request =>
        {
            if (!holding && $"{request.Path}{request.Query}".Contains(at, StringComparison.Ordinal))
            {
                holding = true;
                return async (_, send) =>
                {
                    using var answer = committed ? await send() : null;
                    reached.SetResult();
                    await killed.Task;
                    throw new HttpRequestException("The connection was lost.");
                };
            }

            return holding ? NetworkFaults.After(() => killed.Task) : null;
        };

        var run = await OpenAsync(app);
        await reached.Task.WaitAsync(Token);
        await SavedAsync();
        await KillAsync();
        killed.SetResult();
        app.Network.Faults = _ => null;
        _azurite = await AzuriteServer.StartAsync(OnTheSamePorts(_azurite.ConnectionString));

        // Nobody could give back the turn that was held.
        app.Clock.Advance(Duration.FromMinutes(1));
        var fold = await app.FinishedAsync(run, Token);

        Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 5)));
        var downloads = app.Five9.Calls["getReportResultCsv"];
        Assert.That(downloads, Is.InRange(2, 4), "what was not landed yet is fetched again");
        await AssertAsUndisturbedAsync(app, downloads: downloads, late: true);
    }

    /// <summary>Azurite writes down what it holds every few seconds; the real service never forgets what it has acknowledged.</summary>
    private async Task SavedAsync()
    {
        var connection = _azurite.ConnectionString;
        await new TableClient(connection, Marker).CreateAsync(Token);
        await new QueueClient(connection, Marker).CreateAsync(cancellationToken: Token);
        await new QueueClient(connection, Marker).SendMessageAsync(Marker, Token);
        await new BlobContainerClient(connection, Marker).CreateAsync(cancellationToken: Token);
        await new BlobClient(connection, Marker, Marker).UploadAsync(new BinaryData(Marker), Token);
        while (!IsSaved())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }

    private bool IsSaved() =>
        new[] { "blob", "queue", "table" }.All(service => Database(service).Contains(Marker, StringComparison.Ordinal))
        && new[] { "blob", "queue" }.All(service => Directory.GetFiles(Path.Combine(_folder.FullName, $"__{service}storage__"))
            .All(extent => Database($"{service}_extent").Contains(Path.GetFileName(extent), StringComparison.Ordinal)));

    private async Task KillAsync()
    {
        using (var process = Process.GetProcessById(_azurite.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        await _azurite.DisposeAsync();
    }

    private AzuriteOptions OnTheSamePorts(string connection)
    {
        var ports = Port().Matches(connection).Select(match => int.Parse(match.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return new AzuriteOptions(ports[0], ports[1], ports[2], _folder.FullName);
    }

    private string Database(string name)
    {
        using var stream = new FileStream(Path.Combine(_folder.FullName, $"__azurite_db_{name}__.json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"Endpoint=http://127\.0\.0\.1:(?<port>[0-9]+)/")]
    private static partial Regex Port();
}
