using System.Net;
using System.Net.Sockets;
using Five9Functions.LocalHost.Azurite;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class StoragePortsTests
{
    [Test]
    public void Choose_APortThatWasAskedForAndIsTaken_SaysWhichOptionToUse()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.That(
            () => new StoragePorts(0, port, 0).Choose(null, out _),
            Throws.TypeOf<RunFailedException>().With.Message.EqualTo($"Port {port} is taken by another program: give --queue-port another number, or 0 for any free port."));
    }

    [Test]
    public void Choose_AnyFreePort_IsLeftToAzurite()
    {
        var options = new StoragePorts(0, 0, 0).Choose("/home/me/storage", out var note);

        Assert.That((options, note), Is.EqualTo((new AzuriteOptions(0, 0, 0, "/home/me/storage"), (string?)null)));
    }
}
