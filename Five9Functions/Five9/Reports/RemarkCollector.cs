using Five9Functions.Calls;
using Five9Functions.Five9.Csv;

namespace Five9Functions.Five9.Reports;

/// <summary>Collects the <see cref="ReportRemarks"/> of one result, row by row.</summary>
/// <param name="columns">Of the rows.</param>
/// <param name="used">The columns whose words in brackets can be named: no customer stands in them.</param>
/// <param name="calls">Null for agent states.</param>
internal sealed class RemarkCollector(ReportColumns columns, IReadOnlyList<string> used, CallLogFields? calls)
{
    private const int MaxLength = 60;

    // In the call log a word in brackets is none wherever a name is looked for.
    private static readonly string[] NoneInAnyWords = ["AGENT", "CAMPAIGN", "SKILL"];

    private readonly bool[] _named = [.. columns.Names.Select(used.Contains)];
    private readonly bool[] _noneInAnyWords = [.. columns.Names.Select(name => calls is not null && NoneInAnyWords.Contains(name))];
    private readonly int _agent = columns.IndexOf("AGENT");
    private readonly SortedSet<string> _readAsNone = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _logins = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, UnknownCallType> _types = new(StringComparer.Ordinal);

    /// <summary>A row that lands.</summary>
    public void Add(ReportRow row)
    {
        AddWords(row.Values);
        AddLogin(row.Values[_agent]);
        if (calls?.Type(row) is { Type: CallType.Unclassified, Name: var name })
        {
            UnknownCallType.Count(_types, Shown(name), calls.SecondsOfWork(row.Values));
        }
    }

    /// <summary>Of any record that belongs into the window: a word can be why it is quarantined.</summary>
    public void AddWords(string[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            // Nearly all values begin with another character.
            if (values[i] is not ['[' or <= ' ', _, ..])
            {
                continue;
            }

            var word = values[i].AsSpan().Trim();
            if (!NoneWords.InBrackets(word) || NoneWords.IsDeleted(word) || word.Equals(NoneWords.English, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (NoneWords.IsNone(word) || _noneInAnyWords[i])
            {
                Add(_readAsNone, word);
            }
            else if (_named[i] && calls is null)
            {
                Add(_kept, word);
            }
        }
    }

    /// <param name="rows">All rows that land.</param>
    public ReportRemarks ToRemarks(IReadOnlyList<ReportRow> rows)
    {
        var remarks = new ReportRemarks
        {
            LoginsThatDifferInCase = _logins.Values.Where(same => same.Count > 1).Sum(same => same.Count),
            LegsThatDiffer = calls is null ? 0 : LegsThatDiffer(rows, calls),
            ReadAsNone = [.. _readAsNone],
            KeptInBrackets = [.. _kept],
            UnknownCallTypes = [.. _types.Values],
        };
        return remarks.ToJson().Length == 0 ? ReportRemarks.None : remarks;
    }

    private static int LegsThatDiffer(IReadOnlyList<ReportRow> rows, CallLogFields calls) => SameStarts.Of(rows)
        .SelectMany(same => same.GroupBy(i => (calls.Type(rows[i]).Name, Agent: calls.Agent(rows[i]))))
        .Where(alike => alike.Skip(1).Any(i => !rows[i].Values.AsSpan().SequenceEqual(rows[alike.First()].Values)))
        .Sum(alike => alike.Count());

    private void AddLogin(string agent)
    {
        agent = agent.Trim();
        if (agent.Length == 0 || NoneWords.InBrackets(agent))
        {
            return;
        }

        if (!_logins.TryGetValue(agent, out var same))
        {
            _logins[agent] = same = new HashSet<string>(1, StringComparer.Ordinal);
        }

        same.Add(agent);
    }

    private static void Add(SortedSet<string> words, ReadOnlySpan<char> word)
    {
        if (words.Count < UnknownCallType.MaxNames)
        {
            words.Add(Shown(word.ToString()));
        }
    }

    /// <summary>As a log and an answer can hold it.</summary>
    private static string Shown(string text)
    {
        text = text.Length > MaxLength ? text[..MaxLength] + "..." : text;
        return string.Concat(text.Select(c =>
            char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '\uFFFD' : c));
    }
}
