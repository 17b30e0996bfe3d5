using System.CommandLine;
using System.Text.Json;
using Five9Functions.LocalHost.Import;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>The command <c>import</c> as a person gives it, with what it said and wrote.</summary>
internal sealed record ImportRun(int ExitCode, string[] Screen, DirectoryInfo Output)
{
    public JsonElement RunJson => JsonDocument.Parse(Text("run.json")).RootElement;

    public IReadOnlyList<string> Warnings => [.. RunJson.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];

    /// <summary>The one line that says why it failed.</summary>
    public string Failure => Screen.Single(line => line.StartsWith("The import failed: ", StringComparison.Ordinal))["The import failed: ".Length..];

    public static async Task<ImportRun> OfAsync(DirectoryInfo output, params string[] options)
    {
        using var error = new StringWriter();
        var exitCode = await ImportCommand.Create().Parse(["--output", output.FullName, .. options]).InvokeAsync(new InvocationConfiguration { Error = error, Output = error });
        return new ImportRun(exitCode, error.ToString().TrimEnd().Split(Environment.NewLine), output);
    }

    public string Text(string name) => File.ReadAllText(Path.Combine(Output.FullName, name));

    /// <summary>A CSV file without its header.</summary>
    public string Rows(string name) => Text(name) is var text ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : "";

    public int Number(string report, string name) => RunJson.GetProperty("reports").GetProperty(report).GetProperty(name).GetInt32();
}
