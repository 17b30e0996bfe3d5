using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Five9Functions.Tests.Infra;

/// <summary>azure-pipelines.yml and its templates, which nothing here can run: what they name exists, and they type what the README types.</summary>
public sealed partial class PipelineTests
{
    private static readonly YamlMappingNode Pipeline = Load("azure-pipelines.yml");
    private static readonly YamlMappingNode Build = Load("infra/pipelines/build.yml");
    private static readonly YamlMappingNode Deploy = Load("infra/pipelines/deploy.yml");

    private static readonly string Readme = File.ReadAllText(Path.Combine(Deployment.Root(), "README.md"));

    private static IEnumerable<YamlMappingNode> BuildSteps => Steps(Build);

    [Test]
    public void Stages_AreOneTemplateOfBuilding_AndOneOfDeploying_ForBothEnvironments()
    {
        var stages = ((YamlSequenceNode)Pipeline.Children["stages"]).Cast<YamlMappingNode>().ToList();

        Assert.That(stages.Select(stage => Text(stage, "template")), Is.EqualTo(new[] { "infra/pipelines/build.yml", "infra/pipelines/deploy.yml", "infra/pipelines/deploy.yml" }));
        Assert.That(stages.Skip(1).Select(stage => (YamlMappingNode)stage.Children["parameters"]).Select(p => (Text(p, "environment"), Text(p, "after"))), Is.EqualTo(new[] { ("dev", "build"), ("prod", "deploy_dev") }));
    }

    [Test]
    public void Tests_AreRunAsTheReadmeSays_AndTheirResultsPublishedAlsoWhenRed()
    {
        var steps = BuildSteps.ToList();
        var test = steps.FindIndex(step => Text(step, "script").StartsWith("dotnet test ", StringComparison.Ordinal));
        var publish = steps[test + 1];

        Assert.That(Readme, Does.Contain("\n```\ndotnet test\n```\n"));
        Assert.That(Text(steps[test], "script"), Does.Contain(" --logger trx ").And.Not.Contain("--filter").And.Not.Contain("--no-build"));
        Assert.That((Text(publish, "task"), Text(publish, "condition")), Is.EqualTo(("PublishTestResults@2", "always()")));
        Assert.That(Text(steps[test], "script"), Does.EndWith($"--results-directory {Text((YamlMappingNode)publish.Children["inputs"], "searchFolder")}"));
    }

    [Test]
    public void TheApp_IsPublishedAsTheReadmeSays()
    {
        const string Command = "dotnet publish Five9Functions -c Release";

        Assert.That(Readme, Does.Contain($"`{Command}`"));
        Assert.That(BuildSteps.Select(step => Text(step, "script")), Has.One.StartsWith($"{Command} -o "));
    }

    [Test]
    public void EachEnvironment_IsPreviewed_ThenDeployedBehindItsChecks_ThenTried()
    {
        var stages = ((YamlSequenceNode)Deploy.Children["stages"]).Cast<YamlMappingNode>().ToList();
        var job = (YamlMappingNode)((YamlSequenceNode)stages[1].Children["jobs"]).Children.Single();

        Assert.That(stages.Select(stage => (Text(stage, "stage"), Text(stage, "dependsOn"))), Is.EqualTo(new[]
        {
            ("preview_${{ parameters.environment }}", "${{ parameters.after }}"), ("deploy_${{ parameters.environment }}", "preview_${{ parameters.environment }}"),
        }));
        Assert.That(Scripts(stages[0]).Single(), Does.StartWith("az deployment group what-if "));
        Assert.That(Text(job, "environment"), Is.EqualTo("five9-${{ parameters.environment }}"), "where the approval is");
        Assert.That(Scripts(stages[1]).Select(script => script.Split('\n').Last(line => line.Length > 0).Split(' ')[..3]), Is.EqualTo(new string[][]
        {
            ["az", "deployment", "group"], ["az", "functionapp", "deployment"], ["bash", "infra/smoke-test.sh", "\"$API\""],
        }));
        Assert.That(BuildSteps.Select(step => Text(step, "script")), Has.One.Contains("az bicep lint --file infra/main.bicep").And.One.Contains("az bicep build --file infra/main.bicep"));
    }

    [Test]
    public void EveryPath_Exists()
    {
        var paths = Everything().SelectMany(text => Paths().Matches(text).Select(match => match.Value))
            .SelectMany(path => path.Contains("${{ parameters.environment }}", StringComparison.Ordinal) ? new[] { "dev", "prod" }.Select(e => path.Replace("${{ parameters.environment }}", e, StringComparison.Ordinal)) : [path])
            .Distinct().ToList();

        Assert.That(paths, Is.SupersetOf(new[] { "infra/main.bicep", "infra/dev.bicepparam", "infra/prod.bicepparam", "infra/smoke-test.sh", "infra/pipelines/build.yml" }));
        Assert.That(paths.Where(path => !File.Exists(Path.Combine(Deployment.Root(), path))), Is.Empty);
    }

    [Test]
    public void EveryParameter_IsDeclaredWhereItIsUsed_AndPassedOnlyWhereItIsDeclared()
    {
        foreach (var file in new[] { Pipeline, Deploy })
        {
            var declared = Declared(file);
            Assert.That(Scalars(file).SelectMany(text => Parameter().Matches(text).Select(m => m.Groups[1].Value)).Distinct(), Is.EquivalentTo(declared));
        }

        var passed = ((YamlSequenceNode)Pipeline.Children["stages"]).Cast<YamlMappingNode>().Where(stage => stage.Children.ContainsKey("parameters"))
            .SelectMany(stage => ((YamlMappingNode)stage.Children["parameters"]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)).Distinct();
        Assert.That(passed, Is.EquivalentTo(Declared(Deploy)));
    }

    [Test]
    public void NoVariable_IsASecret()
    {
        string[] bySystem = ["Agent.TempDirectory", "Build.BinariesDirectory", "Build.ArtifactStagingDirectory", "Pipeline.Workspace"];
        var tasks = new[] { Build, Deploy }.SelectMany(Steps).Where(step => Text(step, "task").StartsWith("Azure", StringComparison.Ordinal)).Select(step => (YamlMappingNode)step.Children["inputs"]).ToList();

        Assert.That(new[] { Pipeline, Build, Deploy }.SelectMany(file => file.AllNodes.OfType<YamlMappingNode>()).Where(map => map.Children.ContainsKey("variables")), Is.Empty);
        Assert.That(Everything().SelectMany(text => Macro().Matches(text).Select(m => m.Groups[1].Value)).Distinct(), Is.SubsetOf(bySystem));
        Assert.That(Everything(), Has.None.Contains("task.setvariable"));
        Assert.That(tasks, Has.Count.EqualTo(4));
        Assert.That(tasks.Select(inputs => Text(inputs, "azureSubscription")), Has.All.EqualTo("${{ parameters.serviceConnection }}"));
        Assert.That(tasks.Select(inputs => Text(inputs, "addSpnToEnvironment")), Has.All.Empty);
    }

    private static IEnumerable<string> Everything() => new[] { Pipeline, Build, Deploy }.SelectMany(Scalars);

    private static IEnumerable<string> Scalars(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");

    private static IEnumerable<string> Declared(YamlMappingNode file) => ((YamlSequenceNode)file.Children["parameters"]).Cast<YamlMappingNode>().Select(parameter => Text(parameter, "name"));

    private static IEnumerable<YamlMappingNode> Steps(YamlNode node) =>
        node.AllNodes.OfType<YamlMappingNode>().Where(map => map.Children.ContainsKey("steps")).SelectMany(map => ((YamlSequenceNode)map.Children["steps"]).Cast<YamlMappingNode>());

    private static IEnumerable<string> Scripts(YamlNode node) => Steps(node).Where(step => step.Children.ContainsKey("inputs")).Select(step => Text((YamlMappingNode)step.Children["inputs"], "inlineScript"));

    private static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value! : "";

    private static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Deployment.Root(), file));
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"\binfra/[\w./-]*(\$\{\{ parameters\.environment \}\})?\.\w+")]
    private static partial Regex Paths();

    [GeneratedRegex(@"\$\{\{ parameters\.(\w+) \}\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\(([A-Za-z][\w.]*)\)")]
    private static partial Regex Macro();
}
