using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class RunCommandTests
{
    [TestCase("--onze", "Unrecognized command or argument '--onze'.")]
    [TestCase("--table-port many", "'many' is not a port: it must be a number from 0 to 65535.")]
    [TestCase("--once --empty", "--once and --empty do not go together: without an integration nothing is imported.")]
    [TestCase("--live --once", "--live goes neither with --once nor with --empty: it shows an integration until Ctrl+C.")]
    [TestCase("--table-port 65536", "'65536' is not a port: it must be a number from 0 to 65535.")]
    public void Parse_WhatItDoesNotKnow_SaysSo(string line, string message) =>
        Assert.That(RunCommand.Create().Parse(line).Errors.Select(e => e.Message), Is.EqualTo([message]));

    [TestCase("")]
    [TestCase("--once --folder /tmp/x --blob-port 0 --queue-port 0 --table-port 10002")]
    [TestCase("--empty --http-port 0 --five9-port 7072")]
    public void Parse_WhatItKnows_IsFine(string line) => Assert.That(RunCommand.Create().Parse(line).Errors, Is.Empty);
}
