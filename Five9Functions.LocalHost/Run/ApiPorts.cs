namespace Five9Functions.LocalHost.Run;

/// <summary>The ports asked for. Null: the usual one, or a free one if that is taken; 0: any free one.</summary>
/// <param name="Http">Of the HTTP functions.</param>
/// <param name="Five9">Of the simulator.</param>
internal sealed record ApiPorts(int? Http, int? Five9)
{
    public const int UsualHttp = 7071;
    public const int UsualFive9 = 7072;

    /// <exception cref="RunFailedException">A port that was asked for by its number is taken.</exception>
    public int ChooseHttp() => FreePort.Choose(Http, UsualHttp, "--http-port", new List<int>());

    /// <inheritdoc cref="ChooseHttp"/>
    public int ChooseFive9() => FreePort.Choose(Five9, UsualFive9, "--five9-port", new List<int>());
}
