using Five9Functions.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Five9Functions.Tests.LocalHost.Hosting;

public sealed class FunctionFinderTests
{
    [TestCase(typeof(MissingSetting), "Function 'Tick', parameter 'timer': the setting 'Imports:Schedule' that '%Imports:Schedule%' refers to is missing or empty; add it to the configuration.")]
    [TestCase(typeof(FiveFields), "Function 'Tick', parameter 'timer': '*/15 * * * *' is no NCRONTAB schedule of six fields (second minute hour day month weekday).")]
    [TestCase(typeof(TimerIntoString), "Function 'Tick', parameter 'timer': a timer trigger gives a TimerInfo, not String.")]
    [TestCase(typeof(TimerWithDequeueCount), "Function 'Tick', parameter 'dequeueCount': nothing binds to 'Int32 dequeueCount'; a queue function may also take int or long dequeueCount, string id, DateTimeOffset insertionTime, and every function a CancellationToken.")]
    [TestCase(typeof(TextMessage), "Function 'Take', parameter 'text': a message is bound to a record or class of the app, not to String.")]
    [TestCase(typeof(OtherAccount), "Function 'Take', parameter 'order': this host has one storage account, AzureWebJobsStorage, and no connection 'Other'.")]
    [TestCase(typeof(Http), "Function 'Ask' (Http.Run) returns Void; it must return Task<IResult>.")]
    [TestCase(typeof(HttpIntoObject), "Function 'Ask', parameter 'request': an HTTP trigger gives an HttpRequest, not Object.")]
    [TestCase(typeof(HttpOfAnyMethod), "Function 'Ask', parameter 'request': an HTTP trigger has to name its methods, or it answers to all of them.")]
    [TestCase(typeof(HttpForAdmins), "Function 'Ask', parameter 'request': this host has function keys alone, and none of the level Admin.")]
    [TestCase(typeof(HttpWithoutRoute), "Function 'Ask', parameter 'id': nothing binds to 'String id'; an HTTP function may also take a string for each value in its route 'orders', and a CancellationToken.")]
    [TestCase(typeof(NoTrigger), "Function 'Lost' (NoTrigger.Run) has 0 triggers; it must have exactly one.")]
    [TestCase(typeof(ReturnsText), "Function 'Take' (ReturnsText.Run) returns Task`1; it must return Task or void.")]
    [TestCase(typeof(Hidden), "Function 'Hide' (Hidden.Run) is not public; make the method and its class public.")]
    public void In_FunctionThatCannotRun_SaysWhichAndWhy(Type functions, string message) =>
        Assert.That(() => Find(functions), Throws.InvalidOperationException.With.Message.EqualTo(message));

    [Test]
    public void In_TwoOfOneName_NamesBoth() =>
        Assert.That(
            () => Find(typeof(RecordingQueue), typeof(SameName)),
            Throws.InvalidOperationException.With.Message.EqualTo("Two functions are named 'record': RecordingQueue.Record and SameName.Run. Rename one; case does not count."));

    [Test]
    public void In_SettingInsideAName_IsReplaced()
    {
        var found = (QueueFunction)Find(typeof(PrefixedQueue)).Single();

        Assert.That((found.Name, found.Queue, found.MessageType), Is.EqualTo(("Prefixed", "blue-orders", typeof(Order))));
    }

    [Test]
    public void In_ClassWithoutFunctions_FindsNone() => Assert.That(Find(typeof(FunctionFinderTests)), Is.Empty);

    private static IReadOnlyList<LocalFunction> Find(params Type[] types)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Queue"] = "orders", ["Colour"] = "Blue" }).Build();
        return new FunctionFinder(configuration).In(types);
    }

    public static class MissingSetting
    {
        [Function("Tick")]
        public static void Run([TimerTrigger("%Imports:Schedule%")] TimerInfo timer) => Assert.Fail($"{timer}");
    }

    public static class FiveFields
    {
        [Function("Tick")]
        public static void Run([TimerTrigger("*/15 * * * *")] TimerInfo timer) => Assert.Fail($"{timer}");
    }

    public static class TimerIntoString
    {
        [Function("Tick")]
        public static void Run([TimerTrigger("0 * * * * *")] string timer) => Assert.Fail(timer);
    }

    public static class TimerWithDequeueCount
    {
        [Function("Tick")]
        public static void Run([TimerTrigger("0 * * * * *")] TimerInfo timer, int dequeueCount) => Assert.Fail($"{timer} {dequeueCount}");
    }

    public static class TextMessage
    {
        [Function("Take")]
        public static void Run([QueueTrigger("orders")] string text) => Assert.Fail(text);
    }

    public static class OtherAccount
    {
        [Function("Take")]
        public static void Run([QueueTrigger("orders", Connection = "Other")] Order order) => Assert.Fail($"{order}");
    }

    public static class Http
    {
        [Function("Ask")]
        public static void Run([HttpTrigger(AuthorizationLevel.Function, "get")] object request) => Assert.Fail($"{request}");
    }

    public static class HttpIntoObject
    {
        [Function("Ask")]
        public static Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get")] object request) => throw new InvalidOperationException($"{request}");
    }

    public static class HttpOfAnyMethod
    {
        [Function("Ask")]
        public static Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => throw new InvalidOperationException($"{request}");
    }

    public static class HttpForAdmins
    {
        [Function("Ask")]
        public static Task<IResult> Run([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => throw new InvalidOperationException($"{request}");
    }

    public static class HttpWithoutRoute
    {
        [Function("Ask")]
        public static Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "orders")] HttpRequest request, string id) => throw new InvalidOperationException($"{request}{id}");
    }

    public static class NoTrigger
    {
        [Function("Lost")]
        public static void Run(Order order) => Assert.Fail($"{order}");
    }

    public static class ReturnsText
    {
        [Function("Take")]
        public static Task<string> Run([QueueTrigger("orders")] Order order) => Task.FromResult($"{order}");
    }

    public static class SameName
    {
        [Function("record")]
        public static void Run([QueueTrigger("others")] Order order) => Assert.Fail($"{order}");
    }

    public static class PrefixedQueue
    {
        [Function("Prefixed")]
        public static void Run([QueueTrigger("%Colour%-orders")] Order order) => Assert.Fail($"{order}");
    }

    private static class Hidden
    {
        [Function("Hide")]
        public static void Run([QueueTrigger("orders")] Order order) => Assert.Fail($"{order}");
    }
}
