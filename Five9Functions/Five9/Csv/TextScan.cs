namespace Five9Functions.Five9.Csv;

/// <summary>Goes through a short text from left to right. What does not fit is not taken.</summary>
internal ref struct TextScan(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly bool AtDigit => _rest.Length > 0 && char.IsAsciiDigit(_rest[0]);

    /// <summary>How many digits come next.</summary>
    public readonly int Digits => _rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : _rest.Length;

    public bool TryTake(char wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TryTake(string wanted)
    {
        if (!_rest.StartsWith(wanted, StringComparison.Ordinal))
        {
            return false;
        }

        _rest = _rest[wanted.Length..];
        return true;
    }

    /// <summary>The next characters, whatever they are.</summary>
    public bool TryTake(int length, out ReadOnlySpan<char> taken)
    {
        taken = default;
        if (_rest.Length < length)
        {
            return false;
        }

        taken = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    public bool TryTakeOneOf(ReadOnlySpan<char> wanted, out char taken)
    {
        taken = default;
        if (_rest.IsEmpty || !wanted.Contains(_rest[0]))
        {
            return false;
        }

        taken = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>All digits that come next, if they are as many.</summary>
    /// <param name="max">At most 9.</param>
    public bool TryTakeNumber(int min, int max, out int number)
    {
        number = 0;
        var digits = Digits;
        if (digits < min || digits > max)
        {
            return false;
        }

        foreach (var digit in _rest[..digits])
        {
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[digits..];
        return true;
    }

    /// <summary>All digits that come next: at least one.</summary>
    public bool TryTakeDigits()
    {
        var digits = Digits;
        _rest = _rest[digits..];
        return digits > 0;
    }

    /// <summary>All blanks that come next.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TakeBlanks()
    {
        var blanks = _rest.Length - _rest.TrimStart().Length;
        _rest = _rest[blanks..];
        return blanks > 0;
    }
}
