using System.Globalization;
using System.Xml;
using Five9Functions.Problems;

namespace Five9Functions.Five9.Soap;

/// <summary>A SOAP fault: the name of its detail element without "Fault", empty if it has none, and what it says.</summary>
internal sealed record Five9Fault(string Name, string Code, string Text, IReadOnlyDictionary<string, string> Detail)
{
    // What is beyond is passed over: what the fault means must not be lost with it.
    private const int MaxDetails = 100;

    // Seen in live integrations; the rest are the ways in which such services say the same.
    private static readonly string[] LoginTexts =
    [
        "invalid login", "invalid user", "invalid account", "invalid password", "invalid credential", "incorrect password", "wrong password",
        "login failed", "authentication failed", "bad credential", "account is locked", "account locked", "password expired", "password has expired",
    ];

    private static readonly string[] ExpiryTexts = ["expired", "must be changed", "must change"];

    /// <summary>The fault leaves it to the text, or to the HTTP status, to say what is wrong.</summary>
    public bool IsGeneric => Name is not ("ReportNotFound" or "AccessDisallowed" or "InvalidAccount" or "OperationsLimitExceeded"
        or "UserAlreadyLoggedIn" or "AdminSessionClosed" or "SessionClosed" or "ResultIsNotReady" or "UnknownIdentifier"
        or "MissedArgument" or "IncorrectArgument" or "ObjectNotFound" or "InvalidRegexpPattern"
        or "SessionNotInitialized" or "UnknownTimestamp" or "StatisticsNotRequested" or "ConfigurationChanged" or "UnknownColumn"
        or "UserNotFound" or "CantModifyObject" or "ExecutionRestriction" or "ConcurrentModification" or "LocaleNotFound");

    /// <summary>The words speak of a password that has expired. Five9 was seen to refuse such a login as if a role were missing.</summary>
    public bool IsPasswordExpired => (IsGeneric || Name is "InvalidAccount" or "AccessDisallowed")
        && Text.Contains("password", StringComparison.OrdinalIgnoreCase) && ExpiryTexts.Any(t => Text.Contains(t, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the fault element that the reader stands on.</summary>
    public static async Task<Five9Fault> ReadAsync(XmlReader xml)
    {
        var (name, code, text) = ("", "", "");
        var detail = new Dictionary<string, string>();
        await foreach (var part in SoapAnswer.ChildrenAsync(xml))
        {
            switch (part)
            {
                case "faultcode":
                    code = await SoapAnswer.ReadTextAsync(xml);
                    break;
                case "faultstring":
                    text = await SoapAnswer.ReadTextAsync(xml);
                    break;
                case "detail":
                    await foreach (var element in SoapAnswer.ChildrenAsync(xml))
                    {
                        if (name.Length > 0 || !element.EndsWith("Fault", StringComparison.Ordinal))
                        {
                            continue;
                        }

                        name = element[..^"Fault".Length];
                        await foreach (var field in SoapAnswer.ChildrenAsync(xml))
                        {
                            if (detail.Count < MaxDetails)
                            {
                                detail[field] = await SoapAnswer.ReadTextAsync(xml);
                            }
                        }
                    }

                    break;
            }
        }

        return new Five9Fault(name, code, string.IsNullOrWhiteSpace(text) ? detail.GetValueOrDefault("message", "") : text, detail);
    }

    /// <summary>What the fault means for whoever called: the table in Five9's guide, by name; a fault that has no telling name, by its text.</summary>
    public Five9Exception ToException(Five9Call call, TimeSpan? retryAfter)
    {
        var said = call.Quote(Text);
        var at = $"{call.Operation} at {call.Host}";
        return Name switch
        {
            _ when call.Next is null && IsPasswordExpired => new Five9CredentialRejectedException(
                $"Five9 at {call.Host} says that the password of {call.Login.UserName} has expired ({call.Operation}: {said}): "
                + "change it in Five9, and store the new one as a new version of the secret.",
                ImportProblem.PasswordExpired),
            "InvalidAccount" => CredentialRejected(call, said),
            // The words may be about the new password: whoever sends one has just logged in with the old one.
            _ when IsGeneric && call.Next is not null && LoginTexts.Any(t => Text.Contains(t, StringComparison.OrdinalIgnoreCase)) => new Five9MisconfiguredException(
                ImportProblem.RequestRefused, $"Five9 did not accept the new password of {call.Login.UserName} ({at}: {said})."),
            _ when IsGeneric && LoginTexts.Any(t => Text.Contains(t, StringComparison.OrdinalIgnoreCase)) => CredentialRejected(call, said),
            "ReportNotFound" => new Five9MisconfiguredException(
                ImportProblem.ReportNotFound, $"Five9 at {call.Host} found no report {ReportName(call)} for {call.Login.UserName} ({call.Operation}: {said}); share it with that user, or correct folder and name, which are case-sensitive and in the user's language."),
            "AccessDisallowed" => new Five9MisconfiguredException(
                ImportProblem.RoleMissing, $"Five9 refused {at} to {call.Login.UserName}: {said}; give that user {call.Service.Roles}."),
            "OperationsLimitExceeded" => new Five9QuotaExceededException(
                $"Five9's quota for {at} is used up ({Limit(call)}{said}).", Field(call, "operationType")),
            "SessionClosed" when call.Service.HasSessions => new Five9SessionLostException(
                $"Somebody else logged in to Five9's supervisor service as {call.Login.UserName}, which ended our session ({at}: {said}). Give the importer a Five9 user that nothing and nobody else uses.", takenOver: true),
            "SessionNotInitialized" or "UnknownTimestamp" or "StatisticsNotRequested" or "ConfigurationChanged" => new Five9SessionLostException(
                $"Five9 ended the session of {call.Login.UserName}, or knows it no longer ({at}: {Name}, {said}).", takenOver: false),
            "UserAlreadyLoggedIn" or "AdminSessionClosed" or "SessionClosed" => new Five9TransientException(
                ImportProblem.UserBusy, $"Five9 refused {at} because another call or session of {call.Login.UserName} is under way ({Name}: {said}). Give the importer a Five9 user that nothing and nobody else uses.", retryAfter: retryAfter),
            "ResultIsNotReady" => new Five9TransientException(ImportProblem.ResultNotReady, $"Five9 said that the report is finished, but its result is not ready ({at}: {said})."),
            "UnknownIdentifier" => new Five9ReportGoneException($"Five9 no longer knows the id of the report ({at}: {said})."),
            "ConcurrentModification" => new Five9TransientException(
                ImportProblem.UserBusy, $"Five9 did not do {at} because somebody else changes {call.Login.UserName} just now ({said}).", retryAfter: retryAfter),
            "MissedArgument" or "IncorrectArgument" or "ObjectNotFound" or "InvalidRegexpPattern" or "UserNotFound" or "CantModifyObject" or "ExecutionRestriction" or "LocaleNotFound" or "UnknownColumn" => new Five9MisconfiguredException(
                ImportProblem.RequestRefused, $"Five9 did not accept what {at} asked for ({Name}: {said}); correct the settings of the integration."),
            _ when IsGeneric && Code.EndsWith("Client", StringComparison.Ordinal) => new Five9MisconfiguredException(
                ImportProblem.RequestRefused, $"Five9 did not understand {at}: {said}; correct the setting {call.Service.VersionSetting}."),
            _ => new Five9TransientException(
                ImportProblem.Five9Failed, $"Five9 failed at {at} ({(Name.Length == 0 ? "a fault without a name" : Name)}: {said}).", retryAfter: retryAfter)
            { LoginUnknown = Name is not ("Server" or "ServiceUnavailable") },
        };
    }

    public static Five9CredentialRejectedException CredentialRejected(Five9Call call, string said) => new(
        $"Five9 at {call.Host} rejected the login of {call.Login.UserName} ({call.Operation}: {said}): the password is wrong, the account is locked, or the host is not that of the user's region.");

    private string ReportName(Five9Call call)
    {
        var name = Field(call, "reportName") is var named and not "" ? named : call.Report?.Name;
        var folder = Field(call, "folder") is var where and not "" ? where : call.Report?.Folder;
        return $"\"{name}\" in folder \"{folder}\"";
    }

    private string Limit(Five9Call call) => long.TryParse(Field(call, "limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        ? $"{limit} {Field(call, "operationType")}: "
        : "";

    private string Field(Five9Call call, string name) => call.Redacted(Detail.GetValueOrDefault(name, "").Trim());
}
