using System.Buffers;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// Goes through the characters of an answer before the XML reader does, because that keeps a whole tag, comment, CDATA section or reference
/// in memory, however long it is, and ends at a character that XML forbids. What is larger than in any answer of Five9's is refused, a forbidden
/// character becomes U+FFFD, and a CDATA section becomes text. Whether the XML is well-formed is the XML reader's business. No I/O.
/// </summary>
internal sealed class AnswerMarkup
{
    /// <summary>All that is not the result of a report.</summary>
    public const int MaxCharacters = 32 * 1024 * 1024;

    /// <summary>Elements and attributes.</summary>
    public const int MaxNodes = 1_000_000;

    public const int MaxDepth = 32;
    public const int MaxAttributes = 64;

    /// <summary>Of a tag, a comment or an instruction.</summary>
    public const int MaxTag = 16 * 1024;

    public const int MaxName = 256;
    public const int MaxAttribute = 4 * 1024;
    public const int MaxReference = 32;

    private const string Section = "<![CDATA[";
    private const string Forbidden =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF";

    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create(Forbidden);
    private static readonly SearchValues<char> NotPlainInText = SearchValues.Create("<&" + Forbidden);
    private static readonly SearchValues<char> NotPlainInSection = SearchValues.Create("<&>]" + Forbidden);

    private State _state;
    private int _characters;
    private int _nodes;
    private int _depth;
    private int _outer;
    private int _tag;
    private int _attributes;
    private int _run; // of a name, a value or a reference
    private int _opened; // how much of the beginning of a section was met, and is held back
    private int _brackets; // at the end of what was met of a section, held back
    private char _quote;
    private char _last;
    private char _lastButOne;

    private enum State
    {
        Text,
        Reference,
        Opening,
        StartTag,
        EndTag,
        Instruction,
        Comment,
        Section,
        Declaration,
    }

    /// <summary>The text is that of a result: it is not counted.</summary>
    public bool InResult { get; set; }

    /// <summary>What is too large; nothing behind it was taken. Null for nothing.</summary>
    public string? Refusal { get; private set; }

    public void Take(ReadOnlySpan<char> text, ArrayBufferWriter<char> to)
    {
        while (text.Length > 0 && Refusal is null)
        {
            var plain = _state switch
            {
                State.Text => Plain(text, NotPlainInText),
                State.Section when _brackets == 0 => Plain(text, NotPlainInSection),
                _ => 0,
            };
            if (plain > 0)
            {
                to.Write(text[..plain]);
                CountText(plain);
                text = text[plain..];
            }
            else
            {
                Next(ForbiddenCharacters.Contains(text[0]) ? '\uFFFD' : text[0], to);
                text = text[1..];
            }
        }
    }

    private static int Plain(ReadOnlySpan<char> text, SearchValues<char> not) => text.IndexOfAny(not) is var at && at < 0 ? text.Length : at;

    private void Next(char c, ArrayBufferWriter<char> to)
    {
        switch (_state)
        {
            case State.Text or State.Reference when c == '<':
                (_state, _opened, _tag) = (State.Opening, 1, 0);
                CountTag();
                break;
            case State.Text:
                Write(c, to);
                CountText(1);
                (_state, _run) = (c == '&' ? State.Reference : State.Text, 0);
                break;
            case State.Reference:
                Write(c, to);
                CountText(1);
                CountRun(MaxReference, "a reference");
                _state = c == ';' || char.IsWhiteSpace(c) ? State.Text : State.Reference;
                break;
            case State.Opening:
                Open(c, to);
                break;
            case State.Section:
                InSection(c, to);
                break;
            default:
                Write(c, to);
                CountTag();
                InTag(c);
                (_lastButOne, _last) = (_last, c);
                break;
        }
    }

    /// <summary>Finds out what begins with this bracket; until then nothing of it is handed on.</summary>
    private void Open(char c, ArrayBufferWriter<char> to)
    {
        if (c == Section[_opened])
        {
            CountTag();
            if (++_opened == Section.Length)
            {
                (_state, _brackets) = (State.Section, 0);
            }

            return;
        }

        to.Write(Section.AsSpan(0, _opened));
        (_state, _quote, _last, _lastButOne, _run, _attributes) = (
            _opened == 2 && c == '-' ? State.Comment : _opened > 1 ? State.Declaration : c == '?' ? State.Instruction : c == '/' ? State.EndTag : State.StartTag, '\0', '\0', '\0', 0, 0);
        if (_state == State.StartTag)
        {
            CountNode();
        }

        Next(c, to);
    }

    private void InTag(char c)
    {
        switch (_state)
        {
            case State.StartTag when _quote != '\0':
                CountRun(MaxAttribute, "an attribute");
                (_quote, _run) = c == _quote ? ('\0', 0) : (_quote, _run);
                break;
            case State.StartTag when c is '"' or '\'':
                (_quote, _run) = (c, 0);
                break;
            case State.StartTag when c == '=':
                _run = 0;
                CountNode();
                RefuseOver(++_attributes, MaxAttributes, "a tag with", "attributes");
                break;
            case State.StartTag when c == '>':
                _depth += _last == '/' ? 0 : 1;
                RefuseOver(_depth, MaxDepth, "nesting of", "levels");
                _state = State.Text;
                break;
            case State.StartTag or State.EndTag when c == '/' || char.IsWhiteSpace(c):
                _run = 0;
                break;
            case State.EndTag when c == '>':
                _depth--;
                _state = State.Text;
                break;
            case State.StartTag or State.EndTag:
                CountRun(MaxName, "a name");
                break;
            case State.Comment when c == '>' && _last == '-' && _lastButOne == '-':
            case State.Instruction when c == '>' && _last == '?':
            case State.Declaration when c == '>':
                _state = State.Text;
                break;
        }
    }

    private void InSection(char c, ArrayBufferWriter<char> to)
    {
        CountText(1);
        if (c == ']' && _brackets < 2)
        {
            _brackets++;
        }
        else if (c == ']')
        {
            Write(c, to);
        }
        else if (c == '>' && _brackets == 2)
        {
            _state = State.Text;
        }
        else
        {
            to.Write("]]".AsSpan(0, _brackets));
            _brackets = 0;
            to.Write(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => new ReadOnlySpan<char>(in c) });
        }
    }

    private static void Write(char c, ArrayBufferWriter<char> to)
    {
        to.GetSpan(1)[0] = c;
        to.Advance(1);
    }

    private void CountText(int characters)
    {
        if (!InResult)
        {
            Count(characters);
        }

        if (_depth == 0)
        {
            _outer += characters;
            RefuseOver(_outer, MaxTag, "text outside its envelope of", "characters");
        }
    }

    private void CountTag()
    {
        Count(1);
        RefuseOver(++_tag, MaxTag, "a tag or comment of", "characters");
    }

    private void Count(int characters)
    {
        _characters += characters;
        RefuseOver(_characters, MaxCharacters, "text of", "characters");
    }

    private void CountRun(int max, string what) => RefuseOver(++_run, max, what + " of", "characters");

    private void CountNode() => RefuseOver(++_nodes, MaxNodes, "a list of", "elements and attributes");

    private void RefuseOver(int count, int max, string what, string unit)
    {
        if (count > max)
        {
            Refusal ??= $"{what} over {max} {unit}";
        }
    }
}
