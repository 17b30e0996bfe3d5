using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

public sealed class HealthTests : ApiTest
{
    [Test]
    public async Task Live_WithoutAKey_SaysThatItIsReadyAndNothingElse()
    {
        var (_, api) = await ServeAsync(new TestSetup { Rows = new StateRows(), Now = "2026-08-22T08:00:00Z" });

        var reply = await api.GetAsync("health", ("x-functions-key", ""));

        Assert.That((reply.Status, reply.Text), Is.EqualTo((200, """{"live":true,"ready":true}""")));
    }

    [Test]
    public async Task AParameterThatIsNotKnown_IsNamed()
    {
        var (_, api) = await ServeAsync(new TestSetup { Rows = new StateRows(), Now = "2026-08-22T08:00:00Z" });

        Assert.That((await api.GetAsync("health?verbose=true")).Problem, Is.EqualTo("400 invalid: This request takes no parameters."));
    }
}
