using System.Text.Json.Nodes;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Bodies of integrations.</summary>
internal static class Connected
{
    public const string Password = "Gr3enW4llet!Right";

    /// <summary>An integration that the simulator knows, agent states alone.</summary>
    public static string Body(TestApp app, string name, params (string Field, JsonNode? Value)[] changes)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["region"] = app.Five9.BaseAddress.AbsoluteUri,
            ["userName"] = TestSetup.UserName,
            ["password"] = Password,
            ["reports"] = new JsonArray("agent-states"),
            ["initialHistoryDays"] = 0,
        };
        foreach (var (field, value) in changes)
        {
            body.Remove(field);
            if (value is not null)
            {
                body[field] = value.DeepClone();
            }
        }

        return body.ToJsonString();
    }

    /// <summary>The stages of a test, each as "host ok".</summary>
    public static string[] Stages(this ApiReply reply) => [.. reply.Json["test"]!.AsArray().Select(stage => $"{stage!["stage"]} {stage["result"]}")];

    public static string Detail(this ApiReply reply, string stage) => reply.Json["test"]!.AsArray().Single(s => (string?)s!["stage"] == stage)!["detail"]!.ToString();
}
