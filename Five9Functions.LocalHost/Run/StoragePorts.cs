using Five9Functions.LocalHost.Azurite;

namespace Five9Functions.LocalHost.Run;

/// <summary>The ports asked for. Null: Azurite's own, where Storage Explorer looks, or a free one if that is taken; 0: any free one.</summary>
internal sealed record StoragePorts(int? Blob, int? Queue, int? Table)
{
    /// <summary>Decides, and says in <paramref name="note"/> where a usual port could not be had.</summary>
    /// <exception cref="RunFailedException">A port that was asked for by its number is taken.</exception>
    public AzuriteOptions Choose(string? folder, out string? note)
    {
        var taken = new List<int>();
        var options = new AzuriteOptions(
            FreePort.Choose(Blob, 10000, "--blob-port", taken), FreePort.Choose(Queue, 10001, "--queue-port", taken), FreePort.Choose(Table, 10002, "--table-port", taken), folder);
        note = taken.Count == 0 ? null
            : $"{(taken.Count == 1 ? "Port" : "Ports")} {string.Join(", ", taken)} {(taken.Count == 1 ? "is" : "are")} taken (another Azurite?): storage listens elsewhere, see below.";
        return options;
    }
}
