using System.Diagnostics;
using System.Security.Cryptography;

namespace Five9Functions.LocalHost.Azurite;

/// <summary>
/// Azurite as an npm package, pinned by the lock file beside this class. It is installed once for each lock file into the
/// user's cache folder, so clones and test runs share it; a half-finished installation is never taken for a whole one.
/// </summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>The path of Azurite's entry script, after installing it if it is missing.</summary>
    /// <exception cref="InvalidOperationException">npm is missing or could not install; the message holds its last lines.</exception>
    public static async Task<string> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Azurite");
        var lockHash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), cancellationToken)));
        var root = Path.Combine(CacheFolder(), $"azurite-{lockHash[..12]}");
        var script = Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js");
        var complete = Path.Combine(root, "installed");
        Directory.CreateDirectory(root);
        if (File.Exists(complete))
        {
            return script;
        }

        await using var oneAtATime = await LockAsync(Path.Combine(root, "install.lock"), cancellationToken);
        if (!File.Exists(complete))
        {
            progress("Installing Azurite, the storage emulator (once; takes about half a minute)");
            foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            {
                File.Copy(Path.Combine(source, file), Path.Combine(root, file), overwrite: true);
            }

            await RunNpmAsync(root, cancellationToken);
            await File.WriteAllTextAsync(complete, lockHash, cancellationToken);
        }

        return script;
    }

    private static string CacheFolder()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(folder.Length > 0 ? folder : Path.GetTempPath(), "Five9Functions");
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another process is installing; its lock goes with it, however it ends.
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev" })
        {
            start.ArgumentList.Add(argument);
        }

        Process? npm;
        try
        {
            npm = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("npm was not found: install Node.js 20 or newer (it brings npm), then start again.");
        }

        using (npm)
        {
            var output = npm!.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm could not install Azurite into {folder}; it said: {(await errors).Trim()} {(await output).Trim()}");
            }
        }
    }
}
