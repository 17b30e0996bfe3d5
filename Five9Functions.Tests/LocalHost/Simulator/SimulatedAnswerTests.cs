using System.Net;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class SimulatedAnswerTests
{
    private static readonly string Request = SoapCaller.Request("getApiVersions");

    [Test]
    public async Task ScriptedAnswers_AreGivenInTurn_ToTheirOperationAlone()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);
        simulator.Next("getApiVersions", SimulatedAnswer.Normal);
        simulator.Next("getApiVersions", SimulatedAnswer.Fault("ServiceUnavailable", "Try later"));

        Assert.That(await caller.ReturnAsync(Request), Is.EqualTo("v13v2"));
        Assert.That((await caller.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
        Assert.That(await caller.FaultAsync(Request), Is.EqualTo(("ServiceUnavailableFault", "Try later")));
        Assert.That(await caller.ReturnAsync(Request), Is.EqualTo("v13v2"));
    }

    [Test]
    public async Task Fault_CanComeWithAnyStatusAndDetails()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);
        simulator.Next("getApiVersions", SimulatedAnswer.Fault("OperationsLimitExceeded", "No more", 200, ("operationType", "Query"), ("limit", "7")));

        using var response = await caller.SendAsync(Request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<limit>7</limit><message>No more</message><operationType>Query</operationType>"));
    }

    [Test]
    public async Task Http_IsGivenAsItStands()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);
        simulator.Next("getApiVersions", SimulatedAnswer.Http(503, "<html>busy</html>", headers: ("Retry-After", "7")));

        using var response = await caller.SendAsync(Request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("<html>busy</html>"));
    }

    [Test]
    public async Task Truncated_EndsProperlyButEarly()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);
        simulator.Next("getApiVersions", SimulatedAnswer.Truncated(20));

        using var response = await caller.SendAsync(Request);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("<?xml version='1.0' "));
    }

    [Test]
    public async Task Reset_BreaksTheConnectionInTheMiddle()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);
        simulator.Next("getApiVersions", SimulatedAnswer.Reset(20));

        Assert.That(
            async () =>
            {
                using var response = await caller.SendAsync(Request);
                await response.Content.ReadAsStringAsync();
            },
            Throws.InstanceOf<HttpRequestException>());
        Assert.That(await caller.ReturnAsync(Request), Is.EqualTo("v13v2"));
    }

    [Test]
    public async Task Next_OfAnOperationThatIsNotThere_IsRefused()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());

        Assert.That(() => simulator.Next("runreport", SimulatedAnswer.Normal), Throws.ArgumentException.With.Message.Contains("no operation runreport"));
    }
}
