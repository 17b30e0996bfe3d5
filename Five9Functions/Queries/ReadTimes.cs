using Five9Functions.Calls;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>When each part of some days was read, as their ledgers say. Pure.</summary>
/// <param name="windows">Disjoint, in order.</param>
public sealed class ReadTimes(IReadOnlyList<LedgerWindow> windows)
{
    /// <summary>Whether any of it was read.</summary>
    public bool AnyOf(Interval part) => Of(part).Any();

    /// <summary>Whether it can still change much: not all of it was read, or none of it again an hour after its end.</summary>
    public bool IsProvisional(Interval part)
    {
        var at = part.Start;
        foreach (var window in Of(part))
        {
            if (window.From > at || QueueMeasures.IsProvisional(part.End, window.AsOf))
            {
                return true;
            }

            at = window.To;
        }

        return at < part.End;
    }

    private IEnumerable<LedgerWindow> Of(Interval part) => windows.SkipWhile(w => w.To <= part.Start).TakeWhile(w => w.From < part.End);
}
