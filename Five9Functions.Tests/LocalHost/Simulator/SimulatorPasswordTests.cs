using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class SimulatorPasswordTests
{
    private const string User = "importer@example.com";

    [Test]
    public async Task ModifyUser_ChangesThePassword_AtOnce()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var old = new SoapCaller(simulator);
        using var changed = new SoapCaller(simulator, password: "Br4nd-new");

        var user = await old.CallAsync(ModifyUser("Br4nd-new"));

        Assert.That(user.Descendants("userName").Single().Value, Is.EqualTo(User));
        Assert.That((await changed.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
        Assert.That(await old.FaultAsync(SoapCaller.Request("getSkills")), Is.EqualTo(("InvalidAccountFault", "Invalid login or password")));
    }

    [TestCase("Sh0rt!x", "Password must be at least 8 characters long")]
    [TestCase("nocapit4l!", "Password must contain at least 1 capital characters")]
    [TestCase("Nonumber!", "Password must contain at least 1 number characters")]
    [TestCase("N0special", "Password must contain at least 1 special characters")]
    public async Task APasswordThatDoesNotMeetThePolicy_IsRefused_AndTheOldOneStays(string password, string problem)
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var caller = new SoapCaller(simulator);

        Assert.That(await caller.FaultAsync(ModifyUser(password)), Is.EqualTo(("IncorrectArgumentFault", $"Incorrect argument: {problem}")));
        Assert.That((await caller.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
    }

    [Test]
    public async Task OneOfTheLastPasswords_IsRefused_AnOlderOneIsNot()
    {
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions { Password = "F1rst-one", PasswordPolicy = new SimulatedPasswordPolicy(Remembered: 2) });
        simulator.ChangePassword("S3cond-one");
        using var second = new SoapCaller(simulator, password: "S3cond-one");
        using var third = new SoapCaller(simulator, password: "Th1rd-one");

        foreach (var used in new[] { "F1rst-one", "S3cond-one" })
        {
            Assert.That(await second.FaultAsync(ModifyUser(used)), Is.EqualTo(("IncorrectArgumentFault", "Incorrect argument: Password was used before; choose another one")));
        }

        await second.CallAsync(ModifyUser("Th1rd-one"));
        Assert.That((await third.CallAsync(ModifyUser("F1rst-one"))).Name.LocalName, Is.EqualTo("modifyUserResponse"));
    }

    [Test]
    public async Task WithoutTheRole_OrForSomebodyWhoIsNotThere_NothingIsChanged()
    {
        await using var unprivileged = await Five9Simulator.StartAsync(new SimulatorOptions { MayModifyUsers = false });
        await using var simulator = await Five9Simulator.StartAsync(new SimulatorOptions());
        using var without = new SoapCaller(unprivileged);
        using var with = new SoapCaller(simulator);

        Assert.That((await without.FaultAsync(ModifyUser("Br4nd-new"))).Name, Is.EqualTo("AccessDisallowedFault"));
        Assert.That(await with.FaultAsync(ModifyUser("Br4nd-new", "nobody@example.com")), Is.EqualTo(("UserNotFoundFault", "User nobody@example.com not found")));
        Assert.That((await with.FaultAsync(SoapCaller.Request("modifyUser"))).Name, Is.EqualTo("MissedArgumentFault"));
        Assert.That((await without.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
    }

    [Test]
    public async Task TheConfiguration_TellsThePolicy_OrNothing()
    {
        await using var strict = await Five9Simulator.StartAsync(new SimulatorOptions { PasswordPolicy = new SimulatedPasswordPolicy(12, 2, 3, 4, 5, 60) });
        await using var silent = await Five9Simulator.StartAsync(new SimulatorOptions { PasswordPolicy = null });
        using var caller = new SoapCaller(strict);
        using var other = new SoapCaller(silent);

        Assert.That((await caller.CallAsync(SoapCaller.Request("getVCCConfiguration"))).Descendants("passwordPolicies").Single().Elements().Select(e => $"{e.Name} {e.Value}"), Is.EqualTo(new[]
        {
            "adminLoginAttempts 5", "enforcePasswordHistory 5", "loginAttempts 5", "minCapitalCharacters 2", "minNumberCharacters 3", "minPasswordLength 12", "minSpecialCharacters 4", "passwordExpires 60",
        }));
        Assert.That((await other.CallAsync(SoapCaller.Request("getVCCConfiguration"))).Descendants("passwordPolicies"), Is.Empty);
    }

    private static string ModifyUser(string password, string user = User) =>
        SoapCaller.Request("modifyUser", $"<userGeneralInfo><password>{password}</password><userName>{user}</userName></userGeneralInfo>");
}
