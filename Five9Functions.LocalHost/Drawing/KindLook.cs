using Five9Functions.AgentStates;
using Spectre.Console;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>How a kind of state is drawn: each has a sign of its own, so a drawing without colours says the same.</summary>
internal static class KindLook
{
    public static char Sign(StateKind kind) => kind switch
    {
        StateKind.Call => '█',
        StateKind.Hold => '▓',
        StateKind.Ringing => '^',
        StateKind.AfterCallWork => '▒',
        StateKind.Preview => '+',
        StateKind.Voicemail => 'v',
        StateKind.OtherMedia => '=',
        StateKind.Unknown => '?',
        StateKind.NotReady => '░',
        StateKind.Ready => '─',
        StateKind.Login => '·',
        _ => 'x',
    };

    public static Color Color(StateKind kind) => kind switch
    {
        StateKind.Call => Spectre.Console.Color.Green,
        StateKind.Hold => Spectre.Console.Color.Yellow,
        StateKind.Ringing => Spectre.Console.Color.Fuchsia,
        StateKind.AfterCallWork => Spectre.Console.Color.Blue,
        StateKind.Preview or StateKind.Voicemail or StateKind.OtherMedia => Spectre.Console.Color.Teal,
        StateKind.NotReady => Spectre.Console.Color.Red,
        StateKind.Ready => Spectre.Console.Color.White,
        _ => Spectre.Console.Color.Grey,
    };
}
