using System.CommandLine;
using Five9Functions.LocalHost.Import;
using Five9Functions.LocalHost.Run;
using Five9Functions.LocalHost.Services;
using Five9Functions.LocalHost.Simulate;

var root = RunCommand.Create();
root.Add(ImportCommand.Create());
root.Add(SimulatorCommand.Create());
root.Add(ServicesCommand.Create());
root.Add(SecretCommand.Create());
root.Add(KeyCommand.Create());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("--help tells what there is.");
    return 2;
}

return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = RunCommand.TimeToStop });
