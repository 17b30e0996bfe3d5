using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Five9Functions.Tests.Infra;

/// <summary>
/// What would be deployed to an environment, as Bicep itself predicts it: every name is there, and only what Azure alone knows (ids of
/// identities, addresses) stays an expression in brackets. Both are predicted once.
/// </summary>
internal sealed class Deployment
{
    /// <summary>The folder infra, copied: Bicep writes beside what it reads.</summary>
    private static readonly Lazy<string> Folder = new(Copy);

    private static readonly Dictionary<string, Lazy<Task<Deployment>>> Known =
        new[] { "dev", "prod" }.ToDictionary(name => name, name => new Lazy<Task<Deployment>>(() => PredictAsync(name)), StringComparer.Ordinal);

    private Deployment(JsonNode snapshot) => Resources = [.. snapshot["predictedResources"]!.AsArray().Select(r => r!)];

    public IReadOnlyList<JsonNode> Resources { get; }

    public static Task<Deployment> OfAsync(string environment) => Known[environment].Value;

    /// <summary>Fails with what Bicep complains of.</summary>
    public static Task<string> CheckAsync(CancellationToken cancellationToken, params string[] arguments) => Bicep.RunAsync(Folder.Value, cancellationToken, arguments);

    public static string Root([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..");

    public static void Forget()
    {
        if (Folder.IsValueCreated)
        {
            Directory.Delete(Folder.Value, recursive: true);
        }
    }

    public IEnumerable<JsonNode> Of(string type) => Resources.Where(r => Text(r["type"]) == type);

    public JsonNode Single(string type) => Of(type).Single();

    /// <summary>The last parts of the names of resources of a type: of account/default/reports it is reports.</summary>
    public IEnumerable<string> Names(string type) => Of(type).Select(r => Text(r["name"]).Split('/')[^1]);

    public static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static async Task<Deployment> PredictAsync(string environment)
    {
        await Bicep.RunAsync(
            Folder.Value,
            CancellationToken.None,
            [
                "snapshot", $"{environment}.bicepparam", "--mode", "overwrite",
                "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
                "--resource-group", "rg-five9", "--location", "westeurope",
            ]);
        return new Deployment(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder.Value, $"{environment}.snapshot.json")))!);
    }

    private static string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("infra-").FullName;
        var from = Path.Combine(Root(), "infra");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }
}
