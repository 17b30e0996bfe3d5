using System.CommandLine;

namespace Five9Functions.LocalHost.Run;

/// <summary><c>key</c>: prints the function key that the default command takes, and nothing else, so that a shell can hold it in a variable.</summary>
internal static class KeyCommand
{
    public const string Usage = "dotnet run --project Five9Functions.LocalHost -- key";

    public static Command Create()
    {
        var folder = RunCommand.Folder("Keeps what outlives a run: the folder that the default command is started with.");
        var command = new Command("key", "Prints the function key that HTTP requests to the default command need.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(await FunctionKey.OfAsync(parsed.GetRequiredValue(folder).FullName, cancellationToken));
                return 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(OneLine.Of(e));
                return 1;
            }
        });
        return command;
    }
}
