using System.Globalization;
using Five9Functions.LocalHost.App;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.LocalHost.Run;

/// <summary>Progress for a file or a pipe: a line whenever a slice does something else, with the seconds since it began.</summary>
internal sealed class PlainProgress(DateTimeZone zone, TimeProvider time, Action<string> write)
{
    private readonly Dictionary<string, string> _told = [];
    private readonly long _began = time.GetTimestamp();

    public void Show(RunView view)
    {
        foreach (var slice in view.Slices.Where(s => s.State != SliceState.Planned).OrderBy(s => s.Window.Start).ThenBy(s => s.Report, StringComparer.Ordinal))
        {
            var name = SliceWords.Name(slice, zone);
            var doing = SliceWords.Doing(slice, zone);
            if (_told.GetValueOrDefault(name) != doing)
            {
                _told[name] = doing;
                write(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_began).TotalSeconds,7:0.0} s  {name}  {doing}"));
            }
        }
    }
}
