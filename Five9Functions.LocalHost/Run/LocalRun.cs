using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.LocalHost.Live;
using Five9Functions.LocalHost.Summary;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Run;

/// <summary>The default command: start what is missing, import at once, tell what came of it, go on on schedule until it is ended.</summary>
internal sealed class LocalRun(RunRequest request, Screen screen)
{
    private readonly FunctionTimes _times = new();

    /// <returns>0 when all went well, also when it was ended by the user.</returns>
    /// <exception cref="RunFailedException">It cannot go on; the message says why.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var alone = InstanceLock.TryTake(request.Folder, out var holder)
            ?? throw new RunFailedException($"Five9Functions is running already ({holder}): stop it with Ctrl+C where it was started, or start this one with another --folder.");
        await using var surroundings = await Surroundings.StartAsync(request, screen, cancellationToken);
        alone.Announce([.. surroundings.Ports]);
        await using var app = await StartAsync(surroundings, cancellationToken);
        if (!request.Once)
        {
            screen.Fact("HTTP", $"{app.Host.HttpAddress.ToString().TrimEnd('/')}, with the key that '{KeyCommand.Usage}' prints");
        }

        var endurance = new Endurance(screen.Error);
        var later = new LaterRuns(app, screen.Line, endurance, request.Time);
        if (request.Empty)
        {
            screen.Line("");
            screen.Heading("Nothing is connected: POST /integrations connects a domain. Ctrl+C ends it.");
            await later.TellAsync(cancellationToken);
            return 0;
        }

        if (request.Live)
        {
            screen.Line("");
            await new LiveView(app, screen, endurance, request.Time).ShowAsync(cancellationToken);
            return 0;
        }

        var first = new FirstImport(app, screen, endurance, request.Once);
        var runs = await first.RunAsync(cancellationToken);
        var failed = runs.Where(r => r.Run.Fold.Status == RunStatus.Failed).Select(r => $"The import of {r.Integration.Id} failed: {r.Run.Fold.Errors[0]}").ToList();
        if (request.Once)
        {
            await TellAsync(app, runs, surroundings.Storage, cancellationToken);
            failed.AddRange(first.Failures);
            return failed.Count == 0 ? 0 : throw new RunFailedException(string.Join(' ', failed));
        }

        await endurance.TryAsync("What was imported cannot be summed up", () => TellAsync(app, runs, surroundings.Storage, cancellationToken), cancellationToken);

        failed.ForEach(screen.Error);
        screen.Line("");
        screen.Heading("Importing on schedule. Ctrl+C ends it.");
        foreach (var run in runs)
        {
            later.Told(run.Run.Run);
        }

        await later.TellAsync(cancellationToken);
        return 0;
    }

    private async Task<LocalApp> StartAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var http = request.Once ? null : new HttpServerOptions(request.Api.ChooseHttp(), await FunctionKey.OfAsync(request.Folder, cancellationToken));
        var app = await LocalApp.StartAsync(
            new LocalAppOptions
            {
                Settings = TelemetrySettings.Over(surroundings.Settings, Environment.GetEnvironmentVariables()),
                Services = surroundings.Services,
                Time = request.Time,
                Host = LocalSettings.Quick(FunctionsHostOptions.FromHostJson(LocalSettings.HostJson)) with { Http = http },
                Logging = ReadableLog.To(request.Time, screen.Error),
            },
            cancellationToken);
        app.Host.InvocationFinished += (_, invocation) => _times.Add(invocation);
        return app;
    }

    private async Task TellAsync(LocalApp app, IReadOnlyList<(Integration Integration, RunView Run)> runs, StoragePlace storage, CancellationToken cancellationToken)
    {
        var reader = ActivatorUtilities.CreateInstance<FiguresReader>(app.Services);
        var all = new List<ImportFigures>();
        foreach (var (integration, run) in runs)
        {
            all.Add(await reader.ReadAsync(integration, run, TimelineDrawing.LengthFor(screen.Columns), cancellationToken));
        }

        IEnumerable<StyledLine> lines =
        [
            .. all.SelectMany(SummaryText.Figures),
            .. SummaryText.Times(_times.All),
            .. all.SelectMany(f => QueueText.Of(f.Queues, screen.Columns)),
            .. all.Where(f => f.Integration.Imports(ReportNames.AgentStates)).SelectMany(f => SummaryText.BeforeAndAfter(f.Stretch)),
            .. all.Take(1).SelectMany(f => SummaryText.Where(storage, f, request.Once)),
        ];
        foreach (var line in lines)
        {
            screen.Line(line);
        }
    }
}
