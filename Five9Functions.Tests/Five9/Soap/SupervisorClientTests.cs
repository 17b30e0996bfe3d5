using System.Net;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using NodaTime;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

public sealed class SupervisorClientTests
{
    private const string Namespace = "xmlns:supervisor=\"http://service.supervisor.ws.five9.com/\"";

    [Test]
    public async Task SetSessionParameters_SendsTheEnvelopeOfTheWsdl_ToTheServicesAddress()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, SupervisorResponse("setSessionParameters", ""));

        await five9.Supervisor().SetSessionParametersAsync(Login, TimeSpan.FromMinutes(30), Offset.FromHours(-8), CancellationToken.None);

        Assert.That(five9.Request!.RequestUri, Is.EqualTo(new Uri("https://api.five9.test/wssupervisor/v13/SupervisorWebService")));
        Assert.That(five9.Request.Headers.Authorization!.Scheme, Is.EqualTo("Basic"));
        Assert.That(five9.Sent, Does.Contain(
            $"<supervisor:setSessionParameters {Namespace}><viewSettings><forceLogoutSession>true</forceLogoutSession><idleTimeOut>1800</idleTimeOut><rollingPeriod>Minutes30</rollingPeriod>"
            + "<shiftStart>0</shiftStart><statisticsRange>CurrentDay</statisticsRange><timeZone>-28800000</timeZone></viewSettings></supervisor:setSessionParameters>"));
    }

    [Test]
    public async Task GetStatistics_SendsTheColumns_AndReadsRowsInTheOrderOfTheAnswer()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, SupervisorResponse("getStatistics", """
            <return>
              <columns><values><data>State</data><data>Username</data></values></columns>
              <rows><values><data>On Call</data><data> anna </data></values></rows>
              <rows xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>
              <rows><values><data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><data>b&amp;n</data></values></rows>
              <timestamp>1793652600000</timestamp><type>AgentState</type>
            </return>
            """));

        var all = await five9.Supervisor().GetStatisticsAsync(Login, ["Username", "State"], CancellationToken.None);

        Assert.That(five9.Sent, Does.Contain(
            $"<supervisor:getStatistics {Namespace}><statisticType>AgentState</statisticType><columnNames><values><data>Username</data><data>State</data></values></columnNames><showOnlyMySkills>false</showOnlyMySkills></supervisor:getStatistics>"));
        Assert.That(all.Columns, Is.EqualTo(new[] { "State", "Username" }));
        Assert.That(all.Rows, Is.EqualTo(new[] { new[] { "On Call", "anna" }, ["", "b&n"] }));
        Assert.That(all.Timestamp, Is.EqualTo(1793652600000));
    }

    [TestCase(null, "")]
    [TestCase(false, "<showOnlyMySkills>false</showOnlyMySkills>")]
    [TestCase(true, "<showOnlyMySkills>true</showOnlyMySkills>")]
    public async Task GetStatisticsUpdate_AsksForSkillsAsTheVersionDoes_AndReadsWhatChanged(bool? skills, string expected)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, SupervisorResponse("getStatisticsUpdate", """
            <return>
              <addedObjects><values><data>dora</data></values></addedObjects>
              <dataUpdate><columnName>State</columnName><columnValue>Ready</columnValue><objectName>dora</objectName></dataUpdate>
              <dataUpdate><columnName>Reason Code</columnName><columnValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><objectName>ben</objectName></dataUpdate>
              <deletedObjects><values><data>anna</data><data/></values></deletedObjects>
              <lastTimestamp>18</lastTimestamp><previousTimestamp>17</previousTimestamp><type>AgentState</type>
            </return>
            """));

        var update = await five9.Supervisor(new Five9ClientOptions { ShowOnlyMySkills = skills, SupervisorVersion = "v9_5" }).GetStatisticsUpdateAsync(Login, 17, TimeSpan.FromSeconds(5), CancellationToken.None);

        Assert.That(five9.Request!.RequestUri!.AbsolutePath, Is.EqualTo("/wssupervisor/v9_5/SupervisorWebService"));
        Assert.That(five9.Sent, Does.Contain($"<statisticType>AgentState</statisticType><previousTimestamp>17</previousTimestamp><longPollingTimeout>5000</longPollingTimeout>{expected}</supervisor:getStatisticsUpdate>"));
        Assert.That(update.Added, Is.EqualTo(new[] { "dora" }));
        Assert.That(update.Values, Is.EqualTo(new LiveValue[] { new("dora", "State", "Ready"), new("ben", "Reason Code", "") }));
        Assert.That(update.Deleted, Is.EqualTo(new[] { "anna" }));
        Assert.That((update.Timestamp, update.IsEmpty), Is.EqualTo(((long?)18, false)));
    }

    [TestCase("")]
    [TestCase("<return/>")]
    [TestCase("<return><addedObjects/><lastTimestamp>0</lastTimestamp><previousTimestamp>17</previousTimestamp></return>")]
    public async Task AnEmptyUpdate_HasNoTimestampOfItsOwn(string content)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, SupervisorResponse("getStatisticsUpdate", content));

        var update = await five9.Supervisor().GetStatisticsUpdateAsync(Login, 17, TimeSpan.FromSeconds(5), CancellationToken.None);

        Assert.That((update.IsEmpty, update.Timestamp), Is.EqualTo((true, (long?)null)));
    }

    [TestCase("", "holds no statistics")]
    [TestCase("<return><columns><values><data>State</data></values></columns><rows><values><data>a</data><data>b</data></values></rows><timestamp>1</timestamp></return>", "holds a row of 2 values under 1 columns")]
    [TestCase("<return><columns><values><data>State</data></values></columns></return>", "holds no timestamp")]
    [TestCase("<return><timestamp>noon</timestamp></return>", "holds a timestamp that is no number")]
    public void AnAnswerThatDoesNotAddUp_IsNotUsed(string content, string problem)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, SupervisorResponse("getStatistics", content));

        Assert.That(
            () => five9.Supervisor().GetStatisticsAsync(Login, ["State"], CancellationToken.None),
            Throws.TypeOf<Five9TransientException>().With.Message.EqualTo($"The answer of Five9 at api.five9.test to getStatistics {problem}."));
    }

    [TestCase("SessionClosed", true)]
    [TestCase("SessionNotInitialized", false)]
    [TestCase("UnknownTimestamp", false)]
    [TestCase("StatisticsNotRequested", false)]
    [TestCase("ConfigurationChanged", false)]
    public void AFaultThatEndsTheSession_SaysWhetherSomebodyElseHasIt(string fault, bool takenOver)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.InternalServerError, NamedFault(fault, "over"));

        Assert.That(
            () => five9.Supervisor().GetStatisticsUpdateAsync(Login, 17, TimeSpan.FromSeconds(5), CancellationToken.None),
            Throws.TypeOf<Five9SessionLostException>().With.Property("TakenOver").EqualTo(takenOver).And.Message.Contains("(getStatisticsUpdate at api.five9.test: "));
    }

    [TestCase("AccessDisallowed", typeof(Five9MisconfiguredException), "give that user the role Supervisor")]
    [TestCase("UserAlreadyLoggedIn", typeof(Five9TransientException), "another call or session")]
    [TestCase("InvalidAccount", typeof(Five9CredentialRejectedException), "rejected the login")]
    [TestCase("OperationsLimitExceeded", typeof(Five9QuotaExceededException), "quota")]
    [TestCase("UserLimitReached", typeof(Five9TransientException), "UserLimitReached")]
    public void OtherFaults_AreThoseOfTheAdminService(string fault, Type type, string part)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.InternalServerError, NamedFault(fault, "no"));

        Assert.That(() => five9.Supervisor().CloseSessionAsync(Login, CancellationToken.None), Throws.TypeOf(type).With.Message.Contains(part));
    }
}
