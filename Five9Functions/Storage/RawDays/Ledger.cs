using NodaTime;

namespace Five9Functions.Storage;

/// <summary>A part of a landing's window that the landing may replace: nothing is known there, or only what an older report said.</summary>
/// <param name="Held">The ledger window that it is cut from; null where nothing was landed yet.</param>
/// <param name="Rows">Rows held there, good and quarantined. Only counted for an empty landing, which asks for it.</param>
internal sealed record LedgerPart(Instant From, Instant To, LedgerWindow? Held, int Rows = 0);

/// <summary>What a landing does to a ledger.</summary>
/// <param name="Windows">The ledger afterwards; its row counts are still those of before.</param>
/// <param name="Replaced">The parts whose rows go and for which the landing's rows come in.</param>
internal sealed record LedgerChange(IReadOnlyList<LedgerWindow> Windows, IReadOnlyList<LedgerPart> Replaced, bool Suspicious);

/// <summary>
/// The rule of a raw day: for each instant the report that was run last wins. Pure.
/// Equal is not older, so landing the same slice again changes nothing.
/// </summary>
internal static class Ledger
{
    private static readonly Duration Doubt = Duration.FromHours(1);

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

    /// <summary>Gives the parts to a report run at <paramref name="asOf"/>; an empty one over many rows is only noted until it is confirmed.</summary>
    /// <param name="parts">What <see cref="Older"/> found; with their rows counted when the landing is empty.</param>
    /// <param name="suspiciousRows">An empty landing over at least this many rows is doubted; null believes it.</param>
    /// <param name="lacksSkill">The report has no column SKILL.</param>
    public static LedgerChange Land(
        IReadOnlyList<LedgerWindow> windows, IReadOnlyList<LedgerPart> parts, Instant asOf, bool isEmpty, int? suspiciousRows, bool lacksSkill = false)
    {
        var suspicious = isEmpty && suspiciousRows is { } many && IsDoubtful(parts, asOf, many);
        var replaced = suspicious ? parts.Where(p => p.Rows == 0).ToList() : parts;
        var doubted = suspicious ? parts.Where(p => p.Rows > 0) : [];

        var after = windows
            .SelectMany(w => Remaining(w, parts.FirstOrDefault(p => ReferenceEquals(p.Held, w))))
            .Concat(replaced.Select(p => new LedgerWindow(p.From, p.To, asOf, 0) { LacksSkill = lacksSkill }))
            .Concat(doubted.Select(p => p.Held! with { From = p.From, To = p.To, EmptyAsOf = p.Held.EmptyAsOf ?? asOf }))
            .OrderBy(w => w.From);
        return new LedgerChange(Coalesce(after), replaced, suspicious);
    }

    /// <summary>Whether two ledgers say the same, row counts aside.</summary>
    public static bool Same(IReadOnlyList<LedgerWindow> before, IReadOnlyList<LedgerWindow> after) =>
        before.Select(WithoutRows).SequenceEqual(after.Select(WithoutRows));

    private static LedgerWindow WithoutRows(LedgerWindow window) => window with { Rows = 0 };

    private static bool IsDoubtful(IReadOnlyList<LedgerPart> parts, Instant asOf, int suspiciousRows)
    {
        var holding = parts.Where(p => p.Rows > 0).ToList();
        return holding.Count > 0
            && holding.Sum(p => p.Rows) >= suspiciousRows
            && !holding.All(p => p.Held?.EmptyAsOf is { } earlier && earlier + Doubt <= asOf);
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
            if (joined is [.., var last] && last.To == window.From && last.AsOf == window.AsOf && last.EmptyAsOf == window.EmptyAsOf && last.LacksSkill == window.LacksSkill)
            {
                joined[^1] = last with { To = window.To };
            }
            else
            {
                joined.Add(window);
            }
        }

        return joined;
    }
}
