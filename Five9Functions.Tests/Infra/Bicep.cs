using System.Diagnostics;
using System.Reflection;

namespace Five9Functions.Tests.Infra;

/// <summary>The Bicep CLI, run offline: the folder infra has no modules from a registry. It knows nothing of whoever runs it.</summary>
internal static class Bicep
{
    private static readonly string Path = Find();

    /// <summary>Runs one command; its answer is what it writes, or a failure that has what it complains of, warnings included.</summary>
    public static async Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["HOME"] = folder;
        start.Environment["ALERT_EMAILS"] = "one@example.com,two@example.com";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var bicep = Process.Start(start)!;
        await using var end = cancellationToken.Register(() => bicep.Kill(entireProcessTree: true));
        var complaints = bicep.StandardError.ReadToEndAsync(cancellationToken);
        var output = await bicep.StandardOutput.ReadToEndAsync(cancellationToken);
        await bicep.WaitForExitAsync(cancellationToken);
        return (bicep.ExitCode, await complaints) is (0, "") ? output : throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} (exit code {bicep.ExitCode}):\n{await complaints}");
    }

    private static string Find()
    {
        var ofPackage = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(a => a.Key == "BicepPath")?.Value;
        var ofAzureCli = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".azure", "bin", OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
        return new[] { ofPackage, ofAzureCli }.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"The tests of infra need the Bicep CLI. On Linux (x64) the package Azure.Bicep.CommandLine.linux-x64 is it: run 'dotnet restore'. Elsewhere install the Azure CLI and run 'az bicep install', which puts it at {ofAzureCli}.");
    }
}
