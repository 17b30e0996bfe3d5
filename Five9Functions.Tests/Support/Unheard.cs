using System.Diagnostics.Metrics;
using Five9Functions.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Tests.Support;

/// <summary>Figures that nobody listens to, for what a test makes by hand.</summary>
internal static class Unheard
{
    public static ImportMetrics Metrics { get; } = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
