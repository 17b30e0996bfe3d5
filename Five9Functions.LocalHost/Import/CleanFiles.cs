using Five9Functions.LocalHost.Files;

namespace Five9Functions.LocalHost.Import;

/// <summary>The clean texts of the person's files, on disk for as long as they are imported. What a killed process left is overwritten by the next one.</summary>
/// <param name="folder">Where the result will be.</param>
internal sealed class CleanFiles(DirectoryInfo folder) : IDisposable
{
    private readonly List<string> _paths = [];

    /// <returns>The path of the clean text.</returns>
    public string Write(ExportedFile file, string name)
    {
        var path = Path.Combine(folder.FullName, $"{name}.clean");
        _paths.Add(path);
        using var clean = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);
        file.CopyTo(clean);
        return path;
    }

    public void Dispose() => _paths.ForEach(File.Delete);
}
