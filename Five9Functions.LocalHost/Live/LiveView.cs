using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Run;
using Five9Functions.RealTime;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Five9Functions.LocalHost.Live;

/// <summary>Shows each integration's agents as they are now, until it is ended: a board that is drawn anew each second in a terminal, a line for each change elsewhere.</summary>
internal sealed class LiveView(LocalApp app, Screen screen, Endurance endurance, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IntegrationTable _integrations = app.Services.GetRequiredService<IntegrationTable>();
    private readonly LiveSnapshots _pictures = app.Services.GetRequiredService<LiveSnapshots>();

    /// <exception cref="RunFailedException">No integration has real time.</exception>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        List<Integration> shown = [];
        while (!await endurance.TryAsync("The integrations cannot be listed", async () => shown = await WithRealTimeAsync(cancellationToken), cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        if (shown.Count == 0)
        {
            throw new RunFailedException($"No integration has real time: set {IntegrationSettings.Section}__acme__{nameof(IntegrationSettings.RealTime)} to true in {LocalSettingsFile.Name}, for the id of yours, and give its Five9 user the role Supervisor.");
        }

        // The first tick of the timer can be most of an interval away.
        await endurance.TryAsync("The first poll", () => app.Host.RunTimerAsync("PollAgentStates", cancellationToken), cancellationToken);
        await screen.DrawAsync(draw => ShowAsync(shown, draw, cancellationToken), told => TellAsync(shown, told, cancellationToken));
    }

    private async Task<List<Integration>> WithRealTimeAsync(CancellationToken cancellationToken) =>
        [.. (await _integrations.AllAsync(e => endurance.Say(e.RowKey, e.Message), cancellationToken)).Where(i => i.RealTime).OrderBy(i => i.Id, StringComparer.Ordinal)];

    private async Task ShowAsync(List<Integration> integrations, Action<IReadOnlyList<Drawing.StyledLine>> draw, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lines = new List<Drawing.StyledLine>();
            foreach (var integration in integrations)
            {
                await endurance.TryAsync($"The states of {integration.Id} cannot be read", async () => lines.AddRange(LiveBoard.Lines(integration.Name, await _pictures.ReadAsync(integration, cancellationToken), Now, integration.DateTimeZone, screen.Columns, screen.Rows / integrations.Count)), cancellationToken);
            }

            draw(lines);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task TellAsync(List<Integration> integrations, Action<string> tell, CancellationToken cancellationToken)
    {
        var changes = integrations.ToDictionary(i => i.Id, i => new LiveLines(i.Id, i.DateTimeZone), StringComparer.Ordinal);
        while (true)
        {
            foreach (var integration in integrations)
            {
                await endurance.TryAsync(
                    $"The states of {integration.Id} cannot be read",
                    async () => changes[integration.Id].Of(await _pictures.ReadAsync(integration, cancellationToken)).ToList().ForEach(tell),
                    cancellationToken);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());
}
