using NodaTime;

namespace Five9Functions.Storage.RawDays;

/// <summary>The parts that a landing may replace, and whether their held rows stay.</summary>
/// <param name="Parts">With the readable rows that they hold counted, where that was needed.</param>
/// <param name="Signs">All that speaks against the landing.</param>
/// <param name="Doubts">Those of <paramref name="Signs"/> that no earlier report has confirmed: while there are any, held rows stay.</param>
internal sealed record JudgedLanding(IReadOnlyList<LedgerPart> Parts, LandingDoubts Signs = LandingDoubts.None, LandingDoubts Doubts = LandingDoubts.None)
{
    public IReadOnlyList<string> ColumnsGone { get; init; } = [];
}

/// <summary>What a landing says of the parts in which older rows are held.</summary>
/// <param name="Rows">Its readable rows that start in them.</param>
/// <param name="ColumnsGone">Columns that it lacks and rows held there fill.</param>
internal sealed record LandingFacts(Landing Landing, IReadOnlyList<LedgerPart> Parts, int Rows, IReadOnlyList<string> ColumnsGone);

/// <summary>Decides whether rows that are held may be replaced. Pure.</summary>
internal static class LandingJudge
{
    private static readonly Duration UntilConfirmed = Duration.FromHours(1);

    /// <summary>
    /// Whether the readable rows that are held have to be counted: an ordinary landing has at least as many rows as the ledger allows, and
    /// reads nothing more.
    /// </summary>
    /// <param name="allowed">How many rows may be held in the parts, by the ledger.</param>
    /// <param name="rows">The landing's readable rows in them.</param>
    /// <param name="columnsGone">The landing lacks a column that the day has.</param>
    public static bool NeedsCount(Landing landing, int allowed, int rows, bool columnsGone) =>
        !landing.Force && allowed > 0
        && (columnsGone || (landing.Content.Unreadable > 0 && rows < allowed) || (allowed >= landing.SuspiciousRows && IsTooSmall(landing, rows, allowed)));

    public static JudgedLanding Judge(LandingFacts facts)
    {
        var (landing, rows) = (facts.Landing, facts.Rows);
        var holding = facts.Parts.Where(p => p.Rows > 0).ToList();
        var held = holding.Sum(p => p.Rows);
        if (landing.Force || held == 0)
        {
            return new JudgedLanding(facts.Parts);
        }

        var signs = (MayBeUnreadable(landing.Content.Unreadable, rows, held) ? LandingDoubts.Unreadable : LandingDoubts.None)
            | (held >= landing.SuspiciousRows && IsTooSmall(landing, rows, held) ? LandingDoubts.TooSmall : LandingDoubts.None)
            | (facts.ColumnsGone.Count > 0 ? LandingDoubts.ColumnGone : LandingDoubts.None);
        var confirmed = (IsConfirmed(w => w.EmptyAsOf) ? LandingDoubts.TooSmall : LandingDoubts.None)
            | (IsConfirmed(w => w.ColumnGoneAsOf) ? LandingDoubts.ColumnGone : LandingDoubts.None);
        return new JudgedLanding(facts.Parts, signs, signs & ~confirmed) { ColumnsGone = facts.ColumnsGone };

        bool IsConfirmed(Func<LedgerWindow, Instant?> earlier) => holding.All(p => earlier(p.Held!) + UntilConfirmed <= landing.AsOf);
    }

    /// <summary>Whether rows that could not be read may be those that are held and not in the result.</summary>
    private static bool MayBeUnreadable(int unreadable, int rows, int held) => unreadable > 0 && rows < held && (rows == 0 || rows + unreadable >= held);

    private static bool IsTooSmall(Landing landing, int rows, int held) => rows == 0 || rows * 100L < (long)held * landing.SuspiciousPercent;
}
