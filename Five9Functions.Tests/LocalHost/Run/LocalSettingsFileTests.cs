using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class LocalSettingsFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-settings-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "local.settings.json");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_AsTheFunctionsToolsWriteIt_GivesConfigurationKeys()
    {
        File.WriteAllText(Path, """
            {
              "IsEncrypted": false,
              "Values": {
                "AzureWebJobsStorage": "UseDevelopmentStorage=true", // on this machine
                "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
                "Integrations__acme__UserName": "importer@acme.example",
                "Integrations__acme__HistoryDays": 3,
                "Integrations__acme__Paused": true,
              },
              "Host": { "LocalHttpPort": 7071 }
            }
            """);

        var settings = LocalSettingsFile.Read(Path);

        Assert.That(settings, Is.EquivalentTo(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["Integrations:acme:UserName"] = "importer@acme.example",
            ["Integrations:acme:HistoryDays"] = "3",
            ["Integrations:acme:Paused"] = "true",
        }));
    }

    [TestCase("""{ "Values": """, "{0} is not JSON: line 1, position 13 cannot be read.")]
    [TestCase("""{ "values": {} }""", "{0} has no object \"Values\" with the settings in it, as in local.settings.sample.json.")]
    [TestCase("""[]""", "{0} has no object \"Values\" with the settings in it, as in local.settings.sample.json.")]
    [TestCase("""{ "IsEncrypted": true, "Values": { "a": "b" } }""", "{0} is encrypted, which only the Functions tools can read: decrypt it with 'func settings decrypt'.")]
    [TestCase("""{ "Values": { "Integrations": { "acme": {} } } }""", "{0}: the value of \"Integrations\" must be text; nested settings are written with '__' in the key.")]
    public void Read_WhatIsNoSettingsFile_SaysWhatIsWrong(string content, string message)
    {
        File.WriteAllText(Path, content);

        Assert.That(() => LocalSettingsFile.Read(Path), Throws.TypeOf<RunFailedException>().With.Message.EqualTo(string.Format(null, message, Path)));
    }
}
