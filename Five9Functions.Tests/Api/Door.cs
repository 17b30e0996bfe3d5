using System.Reflection;
using Five9Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Tests.Api;

/// <summary>An HTTP function as it is declared.</summary>
internal sealed record Door(string Name, string Method, string Route, AuthorizationLevel Level, IReadOnlyList<int> Statuses)
{
    public static IReadOnlyList<Door> All { get; } =
    [
        .. from method in typeof(Registration).Assembly.GetTypes().SelectMany(t => t.GetMethods())
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
           where trigger is not null
           from verb in trigger.Methods!
           select new Door(
               method.GetCustomAttribute<FunctionAttribute>()!.Name,
               verb.ToUpperInvariant(),
               trigger.Route ?? throw new InvalidOperationException($"{method.Name} has no route."),
               trigger.AuthLevel,
               method.GetCustomAttribute<ResponsesAttribute>()?.Statuses ?? throw new InvalidOperationException($"{method.Name} does not say what it answers.")),
    ];

    /// <param name="path">Below the API's root, without a query.</param>
    public static Door? Of(string method, string path) =>
        All.Where(d => d.Method == method && new TemplateMatcher(TemplateParser.Parse(d.Route), []).TryMatch(new PathString($"/{path}"), []))
            .MinBy(d => d.Route.Count(c => c == '{')); // a literal before a value

    public override string ToString() => $"{Method} /{Route}";
}
