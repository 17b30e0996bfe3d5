using System.Net;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Problems;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

/// <summary>What Five9 answers instead of a result, and what that means for the importer.</summary>
public sealed class Five9FaultTests
{
    private static readonly ReportRequest Report = new(
        "Agent Reports", "Agent State Details", new Interval(Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 21, 19, 0)));

    [TestCase("ReportNotFound", typeof(Five9MisconfiguredException))]
    [TestCase("AccessDisallowed", typeof(Five9MisconfiguredException))]
    [TestCase("InvalidAccount", typeof(Five9CredentialRejectedException))]
    [TestCase("OperationsLimitExceeded", typeof(Five9QuotaExceededException))]
    [TestCase("UserAlreadyLoggedIn", typeof(Five9TransientException))]
    [TestCase("AdminSessionClosed", typeof(Five9TransientException))]
    [TestCase("SessionClosed", typeof(Five9TransientException))]
    [TestCase("ResultIsNotReady", typeof(Five9TransientException))]
    [TestCase("UnknownIdentifier", typeof(Five9ReportGoneException))]
    [TestCase("ServiceUnavailable", typeof(Five9TransientException))]
    [TestCase("Server", typeof(Five9TransientException))]
    [TestCase("MissedArgument", typeof(Five9MisconfiguredException))]
    [TestCase("IncorrectArgument", typeof(Five9MisconfiguredException))]
    [TestCase("ObjectNotFound", typeof(Five9MisconfiguredException))]
    [TestCase("InvalidRegexpPattern", typeof(Five9MisconfiguredException))]
    [TestCase("NeverHeardOf", typeof(Five9TransientException))]
    public async Task AFault_IsReadByItsName_WhateverTheStatus(string name, Type expected)
    {
        foreach (var status in new[] { HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable })
        {
            var error = await ErrorAsync(status, NamedFault(name, "Five9's own words"));

            Assert.That(error, Is.TypeOf(expected));
            Assert.That(error.Message, Does.Contain("runReport").And.Contain("api.five9.test").And.Contain("\"Five9's own words\""));
        }
    }

    [Test]
    public async Task AFault_IsReadByItsName_WhateverThePrefix()
    {
        var error = await ErrorAsync(HttpStatusCode.InternalServerError, Fault("x",
            "<detail><trace xmlns=\"urn:x\">at a.b.c</trace><q:UnknownIdentifierFault xmlns:q=\"http://service.admin.ws.five9.com/\"/></detail>"));

        Assert.That(error, Is.TypeOf<Five9ReportGoneException>());
    }

    [TestCase("Invalid login", "")]
    [TestCase("The Account is Locked. Contact your administrator.", "")]
    [TestCase("INVALID LOGIN", "Server")]
    [TestCase("Your password has expired", "NeverHeardOf")]
    public async Task ALoginText_IsARejectedCredential_WhereTheNameDoesNotTell(string text, string name)
    {
        foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.InternalServerError })
        {
            Assert.That(await ErrorAsync(status, name.Length == 0 ? Fault(text) : NamedFault(name, text)), Is.TypeOf<Five9CredentialRejectedException>());
        }
    }

    [TestCase("AccessDisallowed", "Your password has expired", HttpStatusCode.InternalServerError)]
    [TestCase("AccessDisallowed", "The user's Password is expired. Log in and change it.", HttpStatusCode.OK)]
    [TestCase("InvalidAccount", "Password expired", HttpStatusCode.InternalServerError)]
    [TestCase("Server", "Password must be changed", HttpStatusCode.InternalServerError)]
    [TestCase("", "Expired password", HttpStatusCode.Forbidden)]
    [TestCase("NeverHeardOf", "You must change your password", HttpStatusCode.Unauthorized)]
    public async Task AFaultThatSpeaksOfAnExpiredPassword_IsThat_WhateverItsNameAndStatus(string name, string text, HttpStatusCode status)
    {
        var error = await ErrorAsync(status, name.Length == 0 ? Fault(text) : NamedFault(name, text));

        Assert.That(error, Is.TypeOf<Five9CredentialRejectedException>());
        Assert.That(error.Error, Is.EqualTo(new ImportError(
            ImportProblem.PasswordExpired,
            $"Five9 at api.five9.test says that the password of import@example.test has expired (runReport: \"{text}\"): change it in Five9, and store the new one as a new version of the secret.")));
    }

    [TestCase("AccessDisallowed", "Your session has expired", ImportProblem.RoleMissing)]
    [TestCase("ReportNotFound", "The password report has expired", ImportProblem.ReportNotFound)]
    public async Task AFaultThatSpeaksOfSomethingElseThatExpired_IsReadByItsName(string name, string text, ImportProblem problem) =>
        Assert.That((await ErrorAsync(HttpStatusCode.InternalServerError, NamedFault(name, text))).Error.Problem, Is.EqualTo(problem));

    [TestCase(HttpStatusCode.OK, "text/html", false)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "text/html", false)]
    [TestCase(HttpStatusCode.OK, "text/xml", true)]
    public async Task APageForPeople_SaysThatNothingLookedAtTheLogin(HttpStatusCode status, string type, bool unknown) =>
        Assert.That((await ErrorAsync(status, "<html><body>Maintenance</body></html>", type: type)).LoginUnknown, Is.EqualTo(unknown));

    [Test]
    public async Task WordsThatBreakLinesOrTurnText_AreEscaped()
    {
        var error = await ErrorAsync(HttpStatusCode.InternalServerError, NamedFault("ReportNotFound", "No\u202E \u2028such\u0085 report", "<folder>A\u2066\nB</folder>"));

        Assert.That(error.Message, Does.Contain("in folder \"A\\u2066\\u000AB\"").And.Contain("(runReport: \"No\\u202E such report\")"));
    }

    [Test]
    public async Task ATellingName_GoesBeforeTheText()
    {
        Assert.That(await ErrorAsync(HttpStatusCode.OK, NamedFault("AccessDisallowed", "Invalid login role")), Is.TypeOf<Five9MisconfiguredException>());
    }

    [Test]
    public async Task AFaultWithoutDetail_IsTransient_UnlessItSaysThatTheRequestWasWrong()
    {
        Assert.That(await ErrorAsync(HttpStatusCode.InternalServerError, Fault("Only one request at a time")), Is.TypeOf<Five9TransientException>());
        Assert.That(await ErrorAsync(HttpStatusCode.InternalServerError, Fault("Cannot find dispatch method", code: "env:Client")), Is.TypeOf<Five9MisconfiguredException>());
    }

    [Test]
    public async Task ReportNotFound_NamesTheFolderAndTheReport()
    {
        const string expected = "Five9 at api.five9.test found no report \"Agent State Details\" in folder \"{0}\" for import@example.test (runReport: \"Report not found\"); "
            + "share it with that user, or correct folder and name, which are case-sensitive and in the user's language.";

        var told = await ErrorAsync(HttpStatusCode.InternalServerError, NamedFault("ReportNotFound", "Report not found", "<folder>As Five9 says</folder>"));
        var asked = await ErrorAsync(HttpStatusCode.InternalServerError, NamedFault("ReportNotFound", "Report not found"));

        Assert.That(told.Message, Is.EqualTo(string.Format(null, expected, "As Five9 says")));
        Assert.That(asked.Message, Is.EqualTo(string.Format(null, expected, "Agent Reports")));
    }

    [Test]
    public async Task OperationsLimitExceeded_SaysWhichLimit()
    {
        var error = (Five9QuotaExceededException)await ErrorAsync(HttpStatusCode.InternalServerError,
            NamedFault("OperationsLimitExceeded", "Limit exceeded", "<limit>16</limit><operationType>ReportRequest</operationType>"));

        Assert.That(error.OperationType, Is.EqualTo("ReportRequest"));
        Assert.That(error.Message, Is.EqualTo("Five9's quota for runReport at api.five9.test is used up (16 ReportRequest: \"Limit exceeded\")."));
    }

    [TestCase(HttpStatusCode.Unauthorized, typeof(Five9CredentialRejectedException))]
    [TestCase(HttpStatusCode.Forbidden, typeof(Five9MisconfiguredException))]
    [TestCase(HttpStatusCode.NotFound, typeof(Five9MisconfiguredException))]
    [TestCase(HttpStatusCode.Found, typeof(Five9MisconfiguredException))]
    [TestCase(HttpStatusCode.BadRequest, typeof(Five9MisconfiguredException))]
    [TestCase(HttpStatusCode.RequestTimeout, typeof(Five9TransientException))]
    [TestCase(HttpStatusCode.TooManyRequests, typeof(Five9TransientException))]
    [TestCase(HttpStatusCode.InternalServerError, typeof(Five9TransientException))]
    [TestCase(HttpStatusCode.BadGateway, typeof(Five9TransientException))]
    [TestCase(HttpStatusCode.ServiceUnavailable, typeof(Five9TransientException))]
    [TestCase(HttpStatusCode.OK, typeof(Five9TransientException))]
    public async Task AnAnswerWithoutSoap_IsJudgedByItsStatus(HttpStatusCode status, Type expected)
    {
        foreach (var body in new[] { "", "Sorry.", "<html><body>Maintenance</body></html>", "<!DOCTYPE html><html><p>", Envelope(""), Envelope("<x/>") })
        {
            var error = await ErrorAsync(status, body);

            Assert.That(error, Is.TypeOf(expected));
            Assert.That(error.Message, Does.Contain("runReport").And.Contain("api.five9.test").And.Contain($"HTTP {(int)status}"));
        }
    }

    [TestCase(HttpStatusCode.Unauthorized, typeof(Five9CredentialRejectedException))]
    [TestCase(HttpStatusCode.Forbidden, typeof(Five9MisconfiguredException))]
    public async Task AFaultThatDoesNotTell_LeavesItToTheStatus(HttpStatusCode status, Type expected)
    {
        Assert.That(await ErrorAsync(status, Fault("No")), Is.TypeOf(expected));
        Assert.That(await ErrorAsync(status, NamedFault("Server", "No")), Is.TypeOf(expected));
        Assert.That(await ErrorAsync(status, NamedFault("OperationsLimitExceeded", "No")), Is.TypeOf<Five9QuotaExceededException>());
    }

    [Test]
    public async Task AResultUnderABadStatus_IsNoResult()
    {
        Assert.That(await ErrorAsync(HttpStatusCode.InternalServerError, Response("runReport", "<return>ID</return>")), Is.TypeOf<Five9TransientException>());
    }

    [Test]
    public async Task Unauthorized_SaysPasswordOrRegion()
    {
        var error = await ErrorAsync(HttpStatusCode.Unauthorized, "");

        Assert.That(error.Message, Is.EqualTo(
            "Five9 at api.five9.test rejected the login of import@example.test (runReport: HTTP 401, no SOAP answer): the password is wrong, the account is locked, "
            + "or the host is not that of the user's region."));
    }

    [TestCase("120", 120)]
    [TestCase("Fri, 21 Aug 2026 09:05:00 GMT", 300)]
    [TestCase("Fri, 21 Aug 2026 08:00:00 GMT", null)]
    [TestCase("soon", null)]
    [TestCase(null, null)]
    public async Task RetryAfter_IsPassedOn(string? header, int? seconds)
    {
        foreach (var body in new[] { "<html/>", NamedFault("ServiceUnavailable", "Later") })
        {
            var error = (Five9TransientException)await ErrorAsync(HttpStatusCode.ServiceUnavailable, body, header);

            Assert.That(error.RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
        }
    }

    [Test]
    public async Task AFaultsText_IsQuotedOnOneLine_ShortenedAndWithoutThePassword()
    {
        var error = await ErrorAsync(HttpStatusCode.InternalServerError, Fault($"Bad\n  {Password}  {new string('x', 10_000)}"));

        Assert.That(error.Message, Does.Contain("\"Bad *** xxx").And.Contain("xxx...\"").And.Not.Contain("ss w0rd").And.Not.Contain("\n"));
        Assert.That(error.Message, Has.Length.LessThan(500));
    }

    [Test]
    public async Task ADoctype_IsNeverRead()
    {
        var error = await ErrorAsync(HttpStatusCode.OK,
            "<!DOCTYPE x [<!ENTITY a \"OPAQUE-ID\">]>" + Response("runReport", "<return>&a;</return>").Replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "", StringComparison.Ordinal));

        Assert.That(error, Is.TypeOf<Five9TransientException>());
    }

    private static async Task<Five9Exception> ErrorAsync(HttpStatusCode status, string body, string? retryAfter = null, string? type = null)
    {
        using var five9 = new ScriptedFive9(status, body) { RetryAfter = retryAfter, ContentType = type };
        var client = five9.Client(new FakeTimeProvider(new DateTimeOffset(2026, 8, 21, 9, 0, 0, TimeSpan.Zero)));
        try
        {
            await client.RunReportAsync(Login, Report, CancellationToken.None);
        }
        catch (Five9Exception e)
        {
            return e;
        }

        throw new AssertionException("The call succeeded.");
    }
}
