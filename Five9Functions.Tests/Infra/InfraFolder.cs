namespace Five9Functions.Tests.Infra;

/// <summary>Leaves nothing behind.</summary>
[SetUpFixture]
public sealed class InfraFolder
{
    [OneTimeTearDown]
    public void Remove() => Deployment.Forget();
}
