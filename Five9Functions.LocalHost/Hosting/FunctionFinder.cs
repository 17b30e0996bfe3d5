using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Finds functions by their attributes and turns down, when the host starts and with the names of function and parameter, what the
/// Functions host would turn down or what this host does not serve.
/// </summary>
internal sealed class FunctionFinder(IConfiguration configuration)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly SettingReferences _settings = new(configuration);

    /// <exception cref="InvalidOperationException">A function cannot be run as it is declared.</exception>
    public IReadOnlyList<LocalFunction> In(IEnumerable<Type> types)
    {
        var found = new Dictionary<string, LocalFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name })
            {
                continue;
            }

            if (!found.TryAdd(name, Define(name, method)))
            {
                throw new InvalidOperationException($"Two functions are named '{name}': {Place(found[name].Method)} and {Place(method)}. Rename one; case does not count.");
            }
        }

        return [.. found.Values];
    }

    private static string Place(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private LocalFunction Define(string name, MethodInfo method)
    {
        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
        {
            throw new InvalidOperationException($"Function '{name}' ({Place(method)}) is not public; make the method and its class public.");
        }

        var triggers = method.GetParameters().Where(parameter => TriggerOf(parameter) is not null).ToList();
        if (triggers is not [var trigger])
        {
            throw new InvalidOperationException($"Function '{name}' ({Place(method)}) has {triggers.Count} triggers; it must have exactly one.");
        }

        var (fits, returns) = TriggerOf(trigger) is HttpTriggerAttribute
            ? (method.ReturnType == typeof(Task<IResult>), "Task<IResult>")
            : (method.ReturnType == typeof(Task) || method.ReturnType == typeof(void), "Task or void");
        if (!fits)
        {
            throw new InvalidOperationException($"Function '{name}' ({Place(method)}) returns {method.ReturnType.Name}; it must return {returns}.");
        }

        return TriggerOf(trigger) switch
        {
            TimerTriggerAttribute timer => Timer(name, method, trigger, timer),
            QueueTriggerAttribute queue => Queue(name, method, trigger, queue),
            HttpTriggerAttribute http => Http(name, method, trigger, http),
            _ => throw new InvalidOperationException($"Function '{name}' ({Place(method)}) has a trigger that this host does not know."),
        };
    }

    private static Attribute? TriggerOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().FirstOrDefault(attribute => attribute is TimerTriggerAttribute or QueueTriggerAttribute or HttpTriggerAttribute);

    private TimerFunction Timer(string name, MethodInfo method, ParameterInfo trigger, TimerTriggerAttribute attribute)
    {
        if (trigger.ParameterType != typeof(TimerInfo))
        {
            throw Unfit(name, trigger, $"a timer trigger gives a TimerInfo, not {trigger.ParameterType.Name}");
        }

        var expression = Resolve(attribute.Schedule, name, trigger);
        var schedule = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw Unfit(name, trigger, $"'{expression}' is no NCRONTAB schedule of six fields (second minute hour day month weekday)");
        // By position: two hosts that look at one method at once can be given different objects for the same parameter.
        var arguments = method.GetParameters().Select(parameter => parameter.Position == trigger.Position ? Trigger : Cancellation(parameter) ?? throw Unknown(name, parameter));
        return new TimerFunction(name, method, [.. arguments], schedule, attribute.RunOnStartup, attribute.UseMonitor);
    }

    private QueueFunction Queue(string name, MethodInfo method, ParameterInfo trigger, QueueTriggerAttribute attribute)
    {
        var type = trigger.ParameterType;
        if (type.IsAbstract || type.IsPrimitive || type.IsEnum || type.Namespace is { } space && (space.Split('.')[0] is "System" or "Azure"))
        {
            throw Unfit(name, trigger, $"a message is bound to a record or class of the app, not to {type.Name}");
        }

        if (attribute.Connection is not (null or "" or "AzureWebJobsStorage"))
        {
            throw Unfit(name, trigger, $"this host has one storage account, AzureWebJobsStorage, and no connection '{attribute.Connection}'");
        }

        var arguments = method.GetParameters()
            .Select(parameter => parameter.Position == trigger.Position ? Trigger : Cancellation(parameter) ?? Metadata(parameter) ?? throw Unknown(name, parameter));
        return new QueueFunction(name, method, [.. arguments], Resolve(attribute.QueueName, name, trigger).ToLowerInvariant(), type);
    }

    private static HttpFunction Http(string name, MethodInfo method, ParameterInfo trigger, HttpTriggerAttribute attribute)
    {
        if (trigger.ParameterType != typeof(HttpRequest))
        {
            throw Unfit(name, trigger, $"an HTTP trigger gives an HttpRequest, not {trigger.ParameterType.Name}");
        }

        if (attribute.Methods is not { Length: > 0 } methods)
        {
            throw Unfit(name, trigger, "an HTTP trigger has to name its methods, or it answers to all of them");
        }

        if (attribute.AuthLevel is not (AuthorizationLevel.Anonymous or AuthorizationLevel.Function))
        {
            throw Unfit(name, trigger, $"this host has function keys alone, and none of the level {attribute.AuthLevel}");
        }

        var route = attribute.Route ?? name;
        var values = RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var arguments = method.GetParameters()
            .Select(parameter => parameter.Position == trigger.Position ? Trigger : Cancellation(parameter) ?? RouteValue(parameter, values) ?? throw Unrouted(name, parameter, route));
        return new HttpFunction(name, method, [.. arguments], route, [.. methods.Select(m => m.ToUpperInvariant())], attribute.AuthLevel);
    }

    private static Argument? RouteValue(ParameterInfo parameter, HashSet<string> values) =>
        parameter.ParameterType == typeof(string) && values.Contains(parameter.Name!) ? (trigger, _) => ((HttpRequest)trigger.Value!).RouteValues[parameter.Name!]?.ToString() ?? "" : null;

    private static InvalidOperationException Unrouted(string function, ParameterInfo parameter, string route) =>
        Unfit(function, parameter, $"nothing binds to '{parameter.ParameterType.Name} {parameter.Name}'; an HTTP function may also take a string for each value in its route '{route}', and a CancellationToken");

    private static object? Trigger(TriggerData trigger, CancellationToken cancellationToken) => trigger.Value;

    private static Argument? Cancellation(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CancellationToken) ? (_, cancellationToken) => cancellationToken : null;

    private static Argument? Metadata(ParameterInfo parameter) => (parameter.Name, parameter.ParameterType) switch
    {
        ("dequeueCount", var type) when type == typeof(long) => (trigger, _) => trigger.DequeueCount,
        ("dequeueCount", var type) when type == typeof(int) => (trigger, _) => checked((int)trigger.DequeueCount),
        ("id", var type) when type == typeof(string) => (trigger, _) => trigger.Id,
        ("insertionTime", var type) when type == typeof(DateTimeOffset) => (trigger, _) => trigger.InsertionTime,
        _ => null,
    };

    private string Resolve(string text, string name, ParameterInfo trigger) =>
        _settings.TryResolve(text, out var resolved, out var missing)
            ? resolved
            : throw Unfit(name, trigger, $"the setting '{missing}' that '{text}' refers to is missing or empty; add it to the configuration");

    private static InvalidOperationException Unknown(string function, ParameterInfo parameter) =>
        Unfit(function, parameter, $"nothing binds to '{parameter.ParameterType.Name} {parameter.Name}'; a queue function may also take int or long dequeueCount, string id, DateTimeOffset insertionTime, and every function a CancellationToken");

    private static InvalidOperationException Unfit(string function, ParameterInfo parameter, string what) =>
        new($"Function '{function}', parameter '{parameter.Name}': {what}.");
}
