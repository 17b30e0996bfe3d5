using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.Tests.LocalHost.Hosting;

public sealed class InstanceLockTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("instance-lock-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TryTake_WhileAnotherHoldsIt_SaysWho()
    {
        using var first = InstanceLock.TryTake(_folder, out var nobody);
        first!.Announce(10000, 7071);

        using var second = InstanceLock.TryTake(_folder, out var holder);

        Assert.That((nobody, second), Is.EqualTo(((string?)null, (InstanceLock?)null)));
        Assert.That(holder, Is.EqualTo($"process {Environment.ProcessId}, ports 10000, 7071"));
    }

    [Test]
    public void TryTake_AfterTheHolderEnded_Succeeds()
    {
        var first = InstanceLock.TryTake(_folder, out _);
        first!.Dispose();

        using var second = InstanceLock.TryTake(_folder, out var holder);
        first.Dispose(); // a second end of the first takes nothing from the second

        Assert.That((second is not null, holder), Is.EqualTo((true, (string?)null)));
        using var third = InstanceLock.TryTake(_folder, out holder);
        Assert.That((third, holder), Is.EqualTo(((InstanceLock?)null, $"process {Environment.ProcessId}")));
    }

    [Test]
    public void TryTake_WhoseHolderLeftNoName_StillSaysSo()
    {
        using var first = InstanceLock.TryTake(_folder, out _);
        File.Delete(Path.Combine(_folder, "instance.txt"));

        using var second = InstanceLock.TryTake(_folder, out var holder);

        Assert.That((second, holder), Is.EqualTo(((InstanceLock?)null, "another process")));
    }

    [Test]
    public void TryTake_InAFolderThatIsNotThere_MakesIt()
    {
        using var taken = InstanceLock.TryTake(Path.Combine(_folder, "new"), out _);

        Assert.That(taken, Is.Not.Null);
    }
}
