using System.Text.Json;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>Reads a scenario strictly: what it does not know it refuses, and says where it stands.</summary>
internal static class ScenarioJson
{
    private static readonly string[] Answers = ["fault", "http", "truncateAfterBytes", "resetAfterBytes", "neverFinishes"];

    public static SimulatorScenario Read(string json)
    {
        using var document = Parse(json);
        var root = JsonPlace.Root(document.RootElement);
        root.Only("calls");
        var calls = root.Required("calls").Items().Select(Call).ToList();
        for (var i = 0; i < calls.Count; i++)
        {
            if (calls.FindIndex(c => (c.Operation, c.Call, c.AndLater) == (calls[i].Operation, calls[i].Call, calls[i].AndLater)) is var first && first < i)
            {
                throw new FormatException($"calls[{i}] is meant for the same call of {calls[i].Operation} as calls[{first}].");
            }
        }

        return new SimulatorScenario(calls);
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}, or a name stands twice in one object.", e);
        }
    }

    private static ScenarioCall Call(JsonPlace place)
    {
        place.Only(["operation", "call", "from", "delaySeconds", .. Answers]);
        var operation = place.Required("operation");
        if (!Five9Simulator.Operations.Contains(operation.Text(), StringComparer.Ordinal))
        {
            throw operation.Wrong($"must be one of {string.Join(", ", Five9Simulator.Operations.Order(StringComparer.Ordinal))}");
        }

        var (call, from) = (place.Find("call"), place.Find("from"));
        if (call is null == from is null)
        {
            throw place.Wrong("must have either call (this one) or from (this one and all later ones)");
        }

        var answers = Answers.Select(place.Find).OfType<JsonPlace>().ToList();
        var delay = place.Find("delaySeconds")?.Seconds() ?? TimeSpan.Zero;
        if (answers.Count > 1 || (answers.Count == 0 && delay == TimeSpan.Zero))
        {
            throw place.Wrong($"must have one of {string.Join(", ", Answers)}, or a delaySeconds above 0");
        }

        var answer = answers.Count == 0 ? SimulatedAnswer.Normal : Answer(operation.Text(), answers[0]);
        return new ScenarioCall(operation.Text(), (call ?? from)!.Whole(1, int.MaxValue), SimulatedAnswer.Delayed(delay, answer), AndLater: from is not null);
    }

    private static SimulatedAnswer Answer(string operation, JsonPlace place) => place.Name switch
    {
        "fault" => Fault(place),
        "http" => Http(place),
        "truncateAfterBytes" => SimulatedAnswer.Truncated(place.Whole(0, int.MaxValue)),
        "resetAfterBytes" => SimulatedAnswer.Reset(place.Whole(0, int.MaxValue)),
        _ when operation != "runReport" => throw place.Wrong("is a thing of runReport: the report that it starts never finishes"),
        _ => place.IsTrue() ? SimulatedAnswer.NeverFinishes : throw place.Wrong("must be true, or left out"),
    };

    private static SimulatedAnswer Fault(JsonPlace place)
    {
        place.Only("name", "message", "status", "details");
        var name = place.Required("name");
        var message = place.Find("message")?.Text() ?? $"{name.Text()} by the scenario";
        var details = place.Find("details");
        var fields = details?.Properties().Select(p => (p.Name, Value: p.Text())).ToArray() ?? [];
        if (!FaultTypes.Fields.TryGetValue(name.Text(), out var known))
        {
            throw name.Wrong($"must be one of {string.Join(", ", FaultTypes.Fields.Keys.Order(StringComparer.Ordinal))}");
        }

        details?.Only([.. known.Where(f => f != "message")]);
        return FaultTypes.Problem(new SoapFault(name.Text(), message, fields)) is { } problem
            ? throw (details ?? place).Wrong($"is not what Five9's type of this fault allows: {problem}")
            : SimulatedAnswer.Fault(name.Text(), message, place.Find("status")?.Whole(200, 599) ?? 500, fields);
    }

    private static SimulatedAnswer Http(JsonPlace place)
    {
        place.Only("status", "body", "contentType", "headers");
        var contentType = place.Find("contentType");
        var headers = place.Find("headers")?.Properties().ToList() ?? [];
        foreach (var wrong in headers.Where(h => !HttpWords.IsName(h.Name) || HttpWords.IsOurs(h.Name)))
        {
            throw wrong.Wrong("is no header that can be set here");
        }

        foreach (var wrong in headers.Append(contentType).OfType<JsonPlace>().Where(h => !HttpWords.IsValue(h.Text())))
        {
            throw wrong.Wrong("must be printable ASCII");
        }

        var (status, body) = (place.Required("status").Whole(200, 599), place.Find("body")?.Text() ?? "");
        if (status is 204 or 205 or 304 && body.Length > 0)
        {
            throw place.Wrong($"must have no body: an answer with status {status} cannot have one");
        }

        return SimulatedAnswer.Http(status, body, contentType?.Text() ?? "text/html", [.. headers.Select(h => (h.Name, h.Text()))]);
    }
}
