using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>What a trigger hands to a function: its value, and for a queue message what is known about the delivery.</summary>
internal sealed record TriggerData(object? Value, long DequeueCount = 0, string Id = "", DateTimeOffset InsertionTime = default);

/// <summary>Gives one argument of a function.</summary>
internal delegate object? Argument(TriggerData trigger, CancellationToken cancellationToken);

/// <summary>A function as its attributes describe it.</summary>
internal abstract record LocalFunction(string Name, MethodInfo Method, IReadOnlyList<Argument> Arguments);

internal sealed record TimerFunction(string Name, MethodInfo Method, IReadOnlyList<Argument> Arguments, CrontabSchedule Schedule, bool RunOnStartup, bool UseMonitor)
    : LocalFunction(Name, Method, Arguments);

internal sealed record QueueFunction(string Name, MethodInfo Method, IReadOnlyList<Argument> Arguments, string Queue, Type MessageType)
    : LocalFunction(Name, Method, Arguments);

/// <param name="Route">Below the route prefix, such as <c>integrations/{id}</c>.</param>
internal sealed record HttpFunction(string Name, MethodInfo Method, IReadOnlyList<Argument> Arguments, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level)
    : LocalFunction(Name, Method, Arguments);
