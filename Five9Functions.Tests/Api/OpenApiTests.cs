using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using YamlDotNet.RepresentationModel;

namespace Five9Functions.Tests.Api;

/// <summary>docs/openapi.yaml against the functions: every route, method, parameter of a route and status in both.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    private static readonly YamlMappingNode Document = Load();

    [Test]
    public void EveryFunction_IsDescribed_AndNothingElse() =>
        Assert.That(Operations().Select(o => o.Name).Order(StringComparer.Ordinal), Is.EqualTo(Door.All.Select(d => d.ToString()).Order(StringComparer.Ordinal)));

    [TestCaseSource(nameof(Doors))]
    public void Statuses_AreThoseOfTheFunction(string name)
    {
        var door = Door.All.Single(d => d.ToString() == name);
        var operation = Operations().SingleOrDefault(o => o.Name == name).Operation;
        Assert.That(operation, Is.Not.Null, $"{name} is not described.");

        var described = Map(operation!, "responses").Children.Keys.Select(Text).Where(status => status != "default").ToList();
        var keyed = door.Level == AuthorizationLevel.Anonymous ? [] : new[] { 401 };
        Assert.That(described, Is.EquivalentTo(door.Statuses.Concat(keyed).Select(s => s.ToString(CultureInfo.InvariantCulture))));
        Assert.That(Text(operation!.Children["operationId"]), Is.EqualTo(door.Name));
    }

    [Test]
    public void EveryReference_LeadsSomewhere()
    {
        var references = Document.AllNodes.OfType<YamlMappingNode>().Where(m => m.Children.ContainsKey("$ref")).Select(m => Text(m.Children["$ref"])).Distinct().ToList();

        Assert.That(references, Is.Not.Empty);
        Assert.That(references.Where(reference => !Exists(reference)), Is.Empty);
    }

    private static IEnumerable<string> Doors() => Door.All.Select(d => d.ToString());

    internal static IEnumerable<(string Name, YamlMappingNode? Operation)> Operations() =>
        from path in Map(Document, "paths").Children
        from operation in ((YamlMappingNode)path.Value).Children
        where Methods.Contains(Text(operation.Key))
        select ($"{Text(operation.Key).ToUpperInvariant()} {Text(path.Key)}", (YamlMappingNode?)operation.Value);

    private static bool Exists(string reference)
    {
        YamlNode node = Document;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(part, out var next))
            {
                return false;
            }

            node = next;
        }

        return true;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node.Children[key];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Load([CallerFilePath] string thisFile = "")
    {
        var yaml = new YamlStream();
        using var file = File.OpenText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "openapi.yaml"));
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
