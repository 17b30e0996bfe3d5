using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Storage;

/// <summary>Rows, windows and landings of one day, 2026-11-02, in short: times are UTC times of day, "13:00" or "13:00:05".</summary>
internal static class RawDayTestData
{
    public static readonly LocalDate Day = new(2026, 11, 2);

    public static readonly ReportColumns Columns = new(["AGENT", "STATE"]);

    private static readonly LocalTimePattern Short = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static Instant At(string time) =>
        time == "24:00"
            ? Day.PlusDays(1).AtMidnight().InUtc().ToInstant()
            : (Day + (Short.Parse(time).TryGetValue(default, out var t) ? t : LocalTimePattern.ExtendedIso.Parse(time).Value)).InUtc().ToInstant();

    public static Interval Window(string from, string to) => new(At(from), At(to));

    public static ReportRow Row(string agent, string start, string? end, string state = "Ready") =>
        new(agent, At(start), end is null ? null : At(end), Columns, [agent, state]);

    public static QuarantinedRow Bad(string at, int line) => new(At(at), line, "The duration is unreadable.", "Ann,x");

    public static Landing Landing(string from, string to, string asOf, params ReportRow[] rows) =>
        new(Window(from, to), At(asOf), new ReportContent(rows.Length, 0, 0, rows, []), 20, false);

    public static Landing With(this Landing landing, params QuarantinedRow[] quarantined) =>
        landing with { Content = landing.Content with { Quarantined = quarantined } };

    /// <summary>A ledger as text: one "from-to @asOf" for each window, followed by "rows n" and "empty hh:mm", "gone hh:mm" and "unreadable hh:mm" where there are any.</summary>
    public static string[] Text(IEnumerable<LedgerWindow> windows) =>
    [
        .. windows.Select(w => $"{Clock(w.From)}-{Clock(w.To)} @{Clock(w.AsOf)}{(w.Rows == 0 ? "" : $" rows {w.Rows}")}{Word("empty", w.EmptyAsOf)}{Word("gone", w.ColumnGoneAsOf)}{Word("unreadable", w.UnreadableAsOf)}"),
    ];

    /// <summary>Reads what <see cref="Text(IEnumerable{LedgerWindow})"/> wrote.</summary>
    public static LedgerWindow[] Ledger(params string[] windows) => [.. windows.Select(Parse)];

    /// <summary>A row as text: key, start-end, state.</summary>
    public static string Text(ReportRow row) => $"{row.Key} {Clock(row.Start)}-{(row.End is { } end ? Clock(end) : "")} {row["STATE"]}";

    private static LedgerWindow Parse(string text)
    {
        var words = text.Split(' ');
        var window = new LedgerWindow(At(words[0][..5]), At(words[0][6..]), At(words[1][1..]), 0);
        for (var i = 2; i < words.Length; i += 2)
        {
            window = words[i] switch
            {
                "rows" => window with { Rows = int.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture) },
                "empty" => window with { EmptyAsOf = At(words[i + 1]) },
                "gone" => window with { ColumnGoneAsOf = At(words[i + 1]) },
                _ => window with { UnreadableAsOf = At(words[i + 1]) },
            };
        }

        return window;
    }

    private static string Word(string word, Instant? asOf) => asOf is { } instant ? $" {word} {Clock(instant)}" : "";

    private static string Clock(Instant instant) =>
        instant == At("24:00") ? "24:00" : instant.InUtc().TimeOfDay is { Second: 0 } minute ? Short.Format(minute) : LocalTimePattern.ExtendedIso.Format(instant.InUtc().TimeOfDay);
}
