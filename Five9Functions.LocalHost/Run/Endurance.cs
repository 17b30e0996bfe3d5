namespace Five9Functions.LocalHost.Run;

/// <summary>Work that goes on whatever storage does: what fails of it is said in one line, once until it succeeds again.</summary>
internal sealed class Endurance(Action<string> say)
{
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    /// <param name="what">Names the work; it is part of what is said.</param>
    /// <returns>False when it failed.</returns>
    public async Task<bool> TryAsync(string what, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            _said.Remove(what);
            return true;
        }
        catch (Exception e) when (e is not RunFailedException && !cancellationToken.IsCancellationRequested)
        {
            Say(what, OneLine.Of(e));
            return false;
        }
    }

    /// <summary>Says it, unless it was said of this last.</summary>
    public void Say(string what, string line)
    {
        if (_said.GetValueOrDefault(what) != line)
        {
            _said[what] = line;
            say($"{what}: {line}");
        }
    }
}
