using System.Globalization;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Lets one process at a time use a folder. The lock is an open file handle, so it goes with the process however that ends.
/// Who holds it stands in a second file, because the locked one cannot be read; it is only for people.
/// </summary>
public sealed class InstanceLock : IDisposable
{
    private readonly FileStream _handle;
    private readonly string _holderFile;

    private InstanceLock(FileStream handle, string holderFile)
    {
        _handle = handle;
        _holderFile = holderFile;
    }

    /// <summary>Null when another process (or this one) holds the folder: <paramref name="holder"/> then says which, such as <c>process 4711, ports 10000, 7071</c>.</summary>
    public static InstanceLock? TryTake(string folder, out string? holder)
    {
        Directory.CreateDirectory(folder);
        var holderFile = Path.Combine(folder, "instance.txt");
        FileStream handle;
        try
        {
            handle = new FileStream(Path.Combine(folder, "instance.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            holder = Read(holderFile);
            return null;
        }

        holder = null;
        var taken = new InstanceLock(handle, holderFile);
        taken.Announce();
        return taken;
    }

    /// <summary>Writes down who holds the lock; call again once the ports are known.</summary>
    public void Announce(params ReadOnlySpan<int> ports)
    {
        var process = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}");
        File.WriteAllText(_holderFile, ports.Length == 0 ? process : $"{process}, ports {string.Join(", ", ports.ToArray())}");
    }

    public void Dispose()
    {
        if (_handle.CanRead) // once: after that the file may be another process's
        {
            File.Delete(_holderFile);
            _handle.Dispose();
        }
    }

    private static string Read(string holderFile)
    {
        try
        {
            return File.ReadAllText(holderFile) is { Length: > 0 } text ? text : "another process";
        }
        catch (IOException)
        {
            // It has the lock but has not written its name yet, or is just removing it.
            return "another process";
        }
    }
}
