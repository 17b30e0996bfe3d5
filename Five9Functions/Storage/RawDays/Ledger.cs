using NodaTime;

namespace Five9Functions.Storage.RawDays;

/// <summary>A part of a landing's window that the landing may replace: nothing is known there, or only what an older report said.</summary>
/// <param name="Held">The ledger window that it is cut from; null where nothing was landed yet.</param>
/// <param name="Rows">Readable rows held there. Only counted where the landing may lack some of them.</param>
internal sealed record LedgerPart(Instant From, Instant To, LedgerWindow? Held, int Rows = 0);

/// <summary>What a landing does to a ledger.</summary>
/// <param name="Windows">The ledger afterwards; its row counts are still those of before.</param>
/// <param name="Replaced">The parts whose rows go and for which the landing's rows come in.</param>
internal sealed record LedgerChange(IReadOnlyList<LedgerWindow> Windows, IReadOnlyList<LedgerPart> Replaced);

/// <summary>
/// The rule of a raw day: for each instant the report that was run last wins. Pure.
/// Equal is not older, so landing the same slice again changes nothing.
/// </summary>
internal static class Ledger
{
    /// <summary>The parts of <paramref name="window"/> that no report run at or after <paramref name="asOf"/> has told, in order.</summary>
    public static IReadOnlyList<LedgerPart> Older(IReadOnlyList<LedgerWindow> windows, Interval window, Instant asOf)
    {
        var parts = new List<LedgerPart>();
        var at = window.Start;
        foreach (var held in windows.Where(w => w.From < window.End && window.Start < w.To))
        {
            if (at < held.From)
            {
                parts.Add(new LedgerPart(at, held.From, null));
            }

            var to = Instant.Min(held.To, window.End);
            if (held.AsOf < asOf)
            {
                parts.Add(new LedgerPart(Instant.Max(held.From, window.Start), to, held));
            }

            at = to;
        }

        if (at < window.End)
        {
            parts.Add(new LedgerPart(at, window.End, null));
        }

        return parts;
    }

    /// <summary>Gives the parts to a report run at <paramref name="asOf"/>; where it is doubted, held rows stay and the reading is only noted.</summary>
    /// <param name="judged">What <see cref="Older"/> found, and whether held rows stay.</param>
    /// <param name="unreadable">Rows of the report that could not be read; null when all could.</param>
    /// <param name="lacksSkill">The report has no column SKILL.</param>
    public static LedgerChange Land(IReadOnlyList<LedgerWindow> windows, JudgedLanding judged, Instant asOf, UnreadableRows? unreadable = null, bool lacksSkill = false)
    {
        var parts = judged.Parts;
        var replaced = judged.Doubts == LandingDoubts.None ? parts : [.. parts.Where(p => p.Rows == 0)];
        var doubted = judged.Doubts == LandingDoubts.None ? [] : parts.Where(p => p.Rows > 0).Select((p, i) => Noted(p, judged.Signs, asOf, i == 0 ? unreadable : null));

        var after = windows
            .SelectMany(w => Remaining(w, parts.FirstOrDefault(p => ReferenceEquals(p.Held, w))))
            .Concat(replaced.Select(p => new LedgerWindow(p.From, p.To, asOf, 0) { LacksSkill = lacksSkill, Unreadable = unreadable is null ? null : unreadable with { Count = 0 } }))
            .Concat(doubted)
            .OrderBy(w => w.From);
        return new LedgerChange(Coalesce(after), replaced);
    }

    /// <summary>Whether two ledgers say the same, row counts aside.</summary>
    public static bool Same(IReadOnlyList<LedgerWindow> before, IReadOnlyList<LedgerWindow> after) =>
        before.Select(WithoutRows).SequenceEqual(after.Select(WithoutRows));

    private static LedgerWindow WithoutRows(LedgerWindow window) => window with { Rows = 0, Unreadable = null };

    // A report that cannot be read says nothing of the doubts of an earlier one, so these stay.
    private static LedgerWindow Noted(LedgerPart part, LandingDoubts signs, Instant asOf, UnreadableRows? unreadable)
    {
        var (held, unread) = (part.Held!, signs.HasFlag(LandingDoubts.Unreadable));
        return held with
        {
            From = part.From,
            To = part.To,
            EmptyAsOf = signs.HasFlag(LandingDoubts.TooSmall) ? held.EmptyAsOf ?? asOf : unread ? held.EmptyAsOf : null,
            ColumnGoneAsOf = signs.HasFlag(LandingDoubts.ColumnGone) ? held.ColumnGoneAsOf ?? asOf : unread ? held.ColumnGoneAsOf : null,
            UnreadableAsOf = unread ? asOf : null,
            Unreadable = unread ? unreadable : held.Unreadable,
        };
    }

    private static IEnumerable<LedgerWindow> Remaining(LedgerWindow window, LedgerPart? taken)
    {
        if (taken is null)
        {
            yield return window;
            yield break;
        }

        if (window.From < taken.From)
        {
            yield return window with { To = taken.From };
        }

        if (taken.To < window.To)
        {
            yield return window with { From = taken.To };
        }
    }

    private static List<LedgerWindow> Coalesce(IEnumerable<LedgerWindow> windows)
    {
        var joined = new List<LedgerWindow>();
        foreach (var window in windows)
        {
            if (joined is [.., var last] && last.To == window.From && SameReading(last, window))
            {
                joined[^1] = last with { To = window.To, Unreadable = Sum(last.Unreadable, window.Unreadable) };
            }
            else
            {
                joined.Add(window);
            }
        }

        return joined;
    }

    private static bool SameReading(LedgerWindow a, LedgerWindow b) =>
        (a.AsOf, a.EmptyAsOf, a.UnreadableAsOf, a.ColumnGoneAsOf, a.LacksSkill) == (b.AsOf, b.EmptyAsOf, b.UnreadableAsOf, b.ColumnGoneAsOf, b.LacksSkill);

    private static UnreadableRows? Sum(UnreadableRows? a, UnreadableRows? b) => a is null ? b : b is null ? a : a with { Count = a.Count + b.Count };
}
