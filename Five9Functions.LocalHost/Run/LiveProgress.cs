using Five9Functions.LocalHost.App;
using Five9Functions.Runs;
using NodaTime;
using Spectre.Console;

namespace Five9Functions.LocalHost.Run;

/// <summary>Progress in a terminal: a bar for each slice.</summary>
internal sealed class LiveProgress(DateTimeZone zone, ProgressContext context)
{
    private readonly Dictionary<string, ProgressTask> _bars = [];

    public static Progress On(IAnsiConsole console) => console.Progress()
        .AutoClear(false)
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new ElapsedTimeColumn());

    public void Show(RunView view)
    {
        foreach (var slice in view.Slices.OrderBy(s => s.Window.Start).ThenBy(s => s.Report, StringComparer.Ordinal))
        {
            var name = SliceWords.Name(slice, zone);
            if (!_bars.TryGetValue(name, out var bar))
            {
                _bars[name] = bar = context.AddTask(name, autoStart: false, maxValue: 1);
            }

            if (slice.State != SliceState.Planned && !bar.IsStarted)
            {
                bar.StartTask();
            }

            bar.Description = Markup.Escape($"{name}  {SliceWords.Doing(slice, zone)}");
            bar.Value = SliceWords.Part(slice);
        }
    }
}
