using System.Globalization;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>
/// A random report, well-formed and broken, twice: in Five9's own form, and as it looks after other programs, with another encoding, separator, title, total,
/// line ends, forms of dates, times and lengths. The same seed gives the same file.
/// </summary>
internal sealed class RandomFile
{
    private static readonly string[] StatesHeader = ["AGENT", "AGENT NAME", "DATE", "TIME", "STATE", "REASON CODE", "AGENT STATE TIME", "CALL ID"];

    private static readonly string[] CallsHeader =
        ["CALL ID", "TIMESTAMP", "CAMPAIGN", "CALL TYPE", "AGENT", "AGENT NAME", "QUEUE WAIT TIME", "RING TIME", "TALK TIME", "HOLD TIME", "PARK TIME", "AFTER CALL WORK TIME", "ABANDONED"];

    private static readonly string[] Names = ["Ann", "Bob, the second", "Jos\u00E9", "M\u00FCller \"M\"", "two\nlines", "x;y", "a\tb", ""];

    private readonly Random _random;
    private readonly bool _calls;
    private readonly int _dateForm;
    private readonly bool _halves;
    private readonly bool _fewQuotes;
    private readonly int _lengthForm;

    public RandomFile(int seed, bool calls)
    {
        (_random, _calls) = (new Random(seed), calls);
        (_dateForm, _halves, _lengthForm) = (_random.Next(4), _random.Next(2) == 0, _random.Next(3));
        _fewQuotes = _random.Next(2) == 0;
        Separator = ",;\t"[_random.Next(3)];
        var rows = Enumerable.Range(0, _random.Next(1, 25)).Select(_ => Record()).Append(Record(day: 13, broken: false)).ToList();
        var header = _calls ? CallsHeader : StatesHeader;
        Own = string.Concat(rows.Select(row => Line(row.Own, ',', _fewQuotes) + "\n").Prepend(string.Join(',', header) + "\n"));

        var padded = _random.Next(4) == 0 && !rows.Exists(row => row.Broken);
        var total = _random.Next(3) == 0 ? $"Total{new string(Separator, header.Length - 1)}" : null;
        List<string> lines =
        [
            .. _random.Next(4) == 0 ? [$"sep={Separator}"] : Array.Empty<string>(),
            .. Enumerable.Range(0, _random.Next(3)).Select(i => $"A title {i}"),
            .. _random.Next(3) == 0 ? [""] : Array.Empty<string>(),
            string.Join(Separator, header),
            .. rows.Select(row => Line(row.Theirs, Separator, _fewQuotes) + (padded ? Separator.ToString() : "")),
            .. total is null ? [] : new[] { total },
        ];
        string[] ends = _random.Next(4) == 0 ? ["\n", "\r\n"] : [new[] { "\n", "\r\n" }[_random.Next(2)]];
        Encoding = new[] { "utf-8", "utf-16", "utf-16BE", "windows-1252" }[_random.Next(4)];
        Mark = Encoding != "windows-1252" && _random.Next(2) == 0;
        Text = string.Concat(lines.Select(line => line + ends[_random.Next(ends.Length)]));
    }

    public char Separator { get; }

    public string Encoding { get; }

    public bool Mark { get; }

    /// <summary>In Five9's own form.</summary>
    public string Own { get; }

    public string Text { get; }

    public byte[] Bytes => System.Text.Encoding.GetEncoding(Encoding) is var encoding ? [.. Mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)] : [];

    private static string Line(IEnumerable<Field> fields, char separator, bool fewQuotes) => string.Join(separator, fields.Select(field => field.Write(separator, fewQuotes)));

    private (List<Field> Own, List<Field> Theirs, bool Broken) Record(int? day = null, bool? broken = null)
    {
        var start = new LocalDateTime(2026, 11, day ?? _random.Next(1, 28), _random.Next(24), _random.Next(60), _random.Next(60));
        var (own, theirs) = _calls ? Leg(start) : State(start);
        var isBroken = broken ?? _random.Next(6) == 0;
        if (isBroken)
        {
            Break(own, theirs);
        }

        return (own, theirs, isBroken);
    }

    private (List<Field> Own, List<Field> Theirs) State(LocalDateTime start)
    {
        var (own, theirs) = Both($"agent{_random.Next(3)}", Names[_random.Next(Names.Length)]);
        own.AddRange([new(start.ToString("uuuu/MM/dd", CultureInfo.InvariantCulture)), new(start.ToString("HH:mm:ss", CultureInfo.InvariantCulture))]);
        theirs.AddRange([new(Date(start)), new(Time(start))]);
        Add(own, theirs, "Ready", Names[_random.Next(Names.Length)]);
        AddLength(own, theirs, _random.Next(4000));
        Add(own, theirs, $"{_random.Next(5)}");
        return (own, theirs);
    }

    private (List<Field> Own, List<Field> Theirs) Leg(LocalDateTime start)
    {
        var (own, theirs) = Both($"{_random.Next(1, 9)}");
        var stamp = start.ToString("ddd, dd MMM uuuu HH:mm:ss", CultureInfo.InvariantCulture);
        own.Add(new(stamp, InQuotes: true));
        theirs.Add(new(_dateForm == 0 && !_halves ? stamp : $"{Date(start)} {Time(start)}", InQuotes: true));
        Add(own, theirs, Names[_random.Next(Names.Length)], "Inbound", $"agent{_random.Next(3)}", Names[_random.Next(Names.Length)]);
        for (var i = 0; i < 6; i++)
        {
            AddLength(own, theirs, _random.Next(500));
        }

        var flag = _random.Next(2);
        own.Add(new($"{flag}"));
        theirs.Add(new(new[] { $"{flag}", $"{flag}.0", flag == 1 ? "TRUE" : "FALSE" }[_random.Next(3)]));
        return (own, theirs);
    }

    /// <summary>The same damage to both.</summary>
    private void Break(List<Field> own, List<Field> theirs)
    {
        var at = _random.Next(own.Count);
        var kind = _random.Next(_fewQuotes ? 3 : 6);
        foreach (var fields in new[] { own, theirs })
        {
            switch (kind)
            {
                case 0:
                    fields.RemoveAt(at);
                    break;
                case 1:
                    fields.Insert(at, new("x"));
                    break;
                case 2:
                    fields[_calls ? 1 : 2] = new("soon");
                    break;
                case 3:
                    fields[at] = new("a\"b", Raw: true);
                    break;
                case 4:
                    fields[at] = new("\"a\"b", Raw: true);
                    break;
                default:
                    fields[at] = new("\"never closed", Raw: true);
                    break;
            }
        }
    }

    private static (List<Field> Own, List<Field> Theirs) Both(params string[] values)
    {
        var (own, theirs) = (new List<Field>(), new List<Field>());
        Add(own, theirs, values);
        return (own, theirs);
    }

    private static void Add(List<Field> own, List<Field> theirs, params string[] values)
    {
        own.AddRange(values.Select(value => new Field(value)));
        theirs.AddRange(values.Select(value => new Field(value)));
    }

    private void AddLength(List<Field> own, List<Field> theirs, int seconds)
    {
        own.Add(new($"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}"));
        theirs.Add(new(_lengthForm switch
        {
            0 => $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}",
            1 => $"{seconds}",
            _ => $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}.0",
        }));
    }

    private string Date(LocalDateTime start) => start.ToString(new[] { "uuuu/MM/dd", "uuuu-MM-dd", "d/M/uuuu", "M/d/uuuu" }[_dateForm], CultureInfo.InvariantCulture);

    private string Time(LocalDateTime start) => start.ToString(_halves ? "h:mm:ss tt" : "H:mm:ss", CultureInfo.InvariantCulture);

    /// <param name="Raw">As it stands, quotes and all.</param>
    /// <param name="InQuotes">In both files, unless quotes are to be few.</param>
    private sealed record Field(string Value, bool Raw = false, bool InQuotes = false)
    {
        /// <param name="fewQuotes">Only where needed: what a quote that is never closed holds then depends on the separator.</param>
        public string Write(char separator, bool fewQuotes) => !Raw && ((InQuotes && !fewQuotes) || Value.AsSpan().ContainsAny(fewQuotes ? [separator, '"', '\n'] : [',', ';', '\t', '"', '\n']))
            ? $"\"{Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : Value;
    }
}
