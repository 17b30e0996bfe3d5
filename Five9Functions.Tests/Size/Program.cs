using System.Globalization;
using Five9Functions.Tests.LocalHost.Services;

namespace Five9Functions.Tests.Size;

/// <summary>What the tests do when they are started as a program: processes that are measured, and what measures them.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["read", var report, var five9, .. var windows] => await ReportMemory.MeasureAsync(report, new Uri(five9), windows),
        ["answer", var call, var five9] => await AnswerMemory.MeasureAsync(call, new Uri(five9)),
        ["import", _, _, ..] => await ImportMemory.MeasureAsync([.. args.Skip(1).Select(n => int.Parse(n, CultureInfo.InvariantCulture))]),
        ["tick", var count] => await TickSize.TickTwiceAsync(int.Parse(count, CultureInfo.InvariantCulture)),
        ["schedule", _, ..] => await TickSize.MeasureAsync([.. args.Skip(1).Select(n => int.Parse(n, CultureInfo.InvariantCulture))]),
        ["timelines", var agents, var days] => await TimelineMemory.MeasureAsync(int.Parse(agents, CultureInfo.InvariantCulture), int.Parse(days, CultureInfo.InvariantCulture)),
        ["secret", var name] => await SecretReader.ReadAsync(name),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: dotnet run --project Five9Functions.Tests -- import FEW-ROWS ... MANY-ROWS | schedule INTEGRATIONS ... | timelines AGENTS DAYS");
        return 2;
    }
}
