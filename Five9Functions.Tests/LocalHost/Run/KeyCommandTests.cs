using System.CommandLine;
using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>The key is printed alone, where the command is given a writer for it.</summary>
public sealed class KeyCommandTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("key");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task TheKey_IsTheOnlyThingPrinted_AndStaysTheSame()
    {
        Assert.That(await RunAsync(_folder.FullName), Is.EqualTo(0));
        var first = _output.ToString();
        Assert.That(await RunAsync(_folder.FullName), Is.EqualTo(0));

        Assert.That(first.ReplaceLineEndings("\n"), Does.Match("^[0-9a-f]{64}\n$"));
        Assert.That((_output.ToString(), _errors.ToString()), Is.EqualTo((first + first, "")));
    }

    [Test]
    public async Task AFolderThatCannotBeMade_IsOneLineOnTheErrors()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        Assert.That(await RunAsync(Path.Combine(file, "below")), Is.EqualTo(1));
        Assert.That(_output.ToString(), Is.Empty);
        Assert.That(_errors.ToString().ReplaceLineEndings("\n"), Does.Match("^[^\n]+\n$"));
    }

    private Task<int> RunAsync(string folder) =>
        KeyCommand.Create().Parse(["--folder", folder]).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors });
}
