using System.Text.Json.Nodes;
using Five9Functions.LocalHost.Hosting;
using Five9Functions.Tests.Api;
using Five9Functions.Tests.Worker;
using YamlDotNet.RepresentationModel;
using static Five9Functions.Tests.Infra.Deployment;

namespace Five9Functions.Tests.Infra;

/// <summary>What the worker lists for the Functions host is what LocalHost serves, docs/openapi.yaml describes and Bicep creates queues for.</summary>
internal sealed class SameFunctionsTests
{
    private static readonly IReadOnlyList<(string Name, JsonNode Trigger)> Metadata =
    [
        .. from function in JsonNode.Parse(File.ReadAllText(Path.Combine(RunningWorker.Folder, "functions.metadata")))!.AsArray()
           select (Text(function["name"]), function["bindings"]!.AsArray().Single(b => Text(b!["type"]).EndsWith("Trigger", StringComparison.Ordinal))!),
    ];

    private static readonly IReadOnlyList<LocalFunction> Served =
        new FunctionFinder(SampleSettingsTests.Configuration()).In(typeof(Registration).Assembly.GetTypes());

    [Test]
    public void TheMetadata_ListsFunctionsOfEachKind() =>
        Assert.That(Metadata.Select(f => Text(f.Trigger["type"])).Distinct(), Is.EquivalentTo(new[] { "timerTrigger", "queueTrigger", "httpTrigger" }));

    [Test]
    public void LocalHost_ServesWhatTheMetadataLists() => Assert.That(Served.Select(Local), Is.EquivalentTo(Metadata.Select(f => Listed(f.Name, f.Trigger))));

    [Test]
    public void TheApisDocument_DescribesTheHttpFunctionsOfTheMetadata() => Assert.That(
        OpenApiTests.Operations().Select(o => $"{OperationId(o.Operation!)}: {o.Name}"),
        Is.EquivalentTo(OfType("httpTrigger").SelectMany(f => Doors(f.Trigger).Select(door => $"{f.Name}: {door}"))));

    [TestCase("dev")]
    [TestCase("prod")]
    public async Task Bicep_CreatesTheQueuesOfTheMetadata_EachWithItsPoisonQueue(string environment) => Assert.That(
        (await OfAsync(environment)).Names("Microsoft.Storage/storageAccounts/queueServices/queues"),
        Is.EquivalentTo(OfType("queueTrigger").Select(f => Text(f.Trigger["queueName"])).SelectMany(queue => new[] { queue, $"{queue}-poison" })));

    private static IEnumerable<(string Name, JsonNode Trigger)> OfType(string type) => Metadata.Where(f => Text(f.Trigger["type"]) == type);

    private static IEnumerable<string> Doors(JsonNode trigger) =>
        trigger["methods"]!.AsArray().Select(method => $"{Text(method).ToUpperInvariant()} /{Text(trigger["route"])}");

    private static string OperationId(YamlMappingNode operation) => ((YamlScalarNode)operation.Children["operationId"]).Value!;

    private static string Listed(string name, JsonNode trigger) => Text(trigger["type"]) switch
    {
        "queueTrigger" => $"{name}: queue {Text(trigger["queueName"])}",
        "httpTrigger" => $"{name}: {string.Join(", ", Doors(trigger))}, {Text(trigger["authLevel"])}",
        _ => $"{name}: timer",
    };

    private static string Local(LocalFunction function) => function switch
    {
        QueueFunction queue => $"{queue.Name}: queue {queue.Queue}",
        HttpFunction http => $"{http.Name}: {string.Join(", ", http.Methods.Select(method => $"{method} /{http.Route}"))}, {http.Level}",
        _ => $"{function.Name}: timer",
    };
}
