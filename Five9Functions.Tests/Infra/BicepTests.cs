namespace Five9Functions.Tests.Infra;

/// <summary>Bicep itself on the folder infra: a warning is an error. Both environments are predicted with the same strictness (<see cref="Deployment"/>).</summary>
public sealed class BicepTests
{
    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Template_Builds_WithoutAWarning() => Assert.That(await Deployment.CheckAsync(Token, "build", "main.bicep", "--stdout", "--no-restore"), Does.StartWith("{"));

    [TestCase("main.bicep")]
    [TestCase("dev.bicepparam")]
    [TestCase("prod.bicepparam")]
    public async Task Lint_HasNothingToSay(string file) => Assert.That(await Deployment.CheckAsync(Token, "lint", file, "--no-restore"), Is.Empty);
}
