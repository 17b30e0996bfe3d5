using Five9Functions.Five9;
using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Connections;

/// <summary>What the answers to a test's calls say about its stages. Pure.</summary>
internal static class ConnectionVerdict
{
    /// <param name="called">False: no call was made, because there is no password that may be sent, or not now.</param>
    public static IReadOnlyList<TestedStage> OfFirstCall(ConnectionStages stages, Integration integration, Five9Exception e, bool called)
    {
        var problem = e.Error.Problem;
        if (problem == ImportProblem.HostNotAllowed)
        {
            stages.Say(ConnectionStage.Host, StageResult.Failed, e.Message);
            return stages.Rest(StageResult.Skipped, "The host has to be allowed first.");
        }

        if (!called)
        {
            var later = problem is ImportProblem.UserBusy or ImportProblem.TurnLost or ImportProblem.QuotaUsedUp or ImportProblem.CallTimedOut or ImportProblem.CredentialUnproven or ImportProblem.VaultUnavailable;
            stages.Say(ConnectionStage.Host, StageResult.NotChecked, later ? e.Message : "Nothing was called: there has to be a password first that may be sent.");
            stages.Say(ConnectionStage.Login, later ? StageResult.NotChecked : StageResult.Failed, IsRejection(problem) ? Rejected(e) : e.Message);
            return later ? stages.Rest(StageResult.NotChecked, "It could not be tried now: see the login.") : stages.Rest(StageResult.Skipped, "The login has to be ok first.");
        }

        switch (problem)
        {
            case ImportProblem.CredentialRejected or ImportProblem.PasswordExpired:
                stages.Say(ConnectionStage.Host, StageResult.Ok, Answers(integration));
                stages.Say(ConnectionStage.Login, StageResult.Failed, Rejected(e));
                return stages.Rest(StageResult.Skipped, "The login has to be ok first.");

            case ImportProblem.RoleMissing:
                stages.Say(ConnectionStage.Host, StageResult.Ok, Answers(integration));
                stages.Say(ConnectionStage.Login, StageResult.Ok, $"Five9 knows {integration.UserName}.");
                stages.Say(ConnectionStage.Role, StageResult.Failed, e.Message);
                return stages.Rest(StageResult.Skipped, "The role has to be there first.");

            case ImportProblem.QuotaUsedUp or ImportProblem.UserBusy or ImportProblem.TurnLost:
                stages.Say(ConnectionStage.Host, StageResult.Ok, Answers(integration));
                return stages.Rest(StageResult.NotChecked, e.Message);

            default:
                stages.Say(ConnectionStage.Host, StageResult.Failed, e.Message);
                return stages.Rest(StageResult.Skipped, "The host has to be reached first.");
        }
    }

    public static string Answers(Integration integration) => $"Five9 answers at {integration.Host.Authority}.";

    private static bool IsRejection(ImportProblem problem) => problem is ImportProblem.CredentialRejected or ImportProblem.PasswordExpired;

    private static string Rejected(Five9Exception e) => e.Error.Problem == ImportProblem.PasswordExpired
        ? $"{e.Message} The old one is not sent again."
        : $"{e.Message} It is not sent again. Send another password with PUT, or correct the region; if the account was locked, unlock it in Five9 and send the password once more.";

    /// <summary>Rows that cannot be read fail the stage: an import would not believe the report either.</summary>
    public static void OfContent(ConnectionStages stages, ConnectionStage stage, ReportDefinition report, string named, ReportContent content)
    {
        if (content.LacksHeader)
        {
            stages.Say(stage, StageResult.NotChecked, $"Five9 has found {named}, but it is empty for the last hour and came without a header: its columns show when there are rows.");
        }
        else if (UnreadableReport.IsMostlyUnreadable(content))
        {
            stages.Say(stage, StageResult.Failed, $"{UnreadableReport.Sentence(report, content)} Correct the report in Five9, or the integration's settings.");
        }
        else
        {
            stages.Say(stage, StageResult.Ok, $"{named} has every column that is needed, and {content.Read} {(content.Read == 1 ? "row" : "rows")} of the last hour.");
        }
    }

    public static void OfReport(ConnectionStages stages, ConnectionStage stage, Five9Exception e)
    {
        switch (e.Error.Problem)
        {
            case ImportProblem.RoleMissing:
                stages.Say(ConnectionStage.Role, StageResult.Failed, e.Message);
                stages.Say(stage, StageResult.Skipped, "The role has to be there first.");
                break;

            case ImportProblem.ReportNotFound:
                stages.Say(ConnectionStage.Role, StageResult.Ok, "The user may run reports.");
                stages.Say(stage, StageResult.Failed, e.Message);
                break;

            case ImportProblem.ColumnMissing or ImportProblem.ColumnRepeated or ImportProblem.HeaderUnreadable or ImportProblem.RecordTooLong or ImportProblem.RowsUnreadable
                or ImportProblem.DateOrderUnknown or ImportProblem.RequestRefused:
                stages.Say(stage, StageResult.Failed, e.Message);
                break;

            default:
                stages.Say(stage, StageResult.NotChecked, e.Message);
                break;
        }
    }

    /// <summary>Rows of the last hour lie in the last hour; by another zone they lie hours off.</summary>
    public static void OfZone(ConnectionStages stages, Integration integration, IReadOnlyList<(ReportDefinition Report, ReportContent Content, Interval Asked)> contents, Instant now)
    {
        foreach (var (report, content, asked) in contents)
        {
            if (HoursOff(report, content, asked, now) is { } hours)
            {
                stages.Say(
                    ConnectionStage.Zone,
                    StageResult.Failed,
                    $"The newest row of the {report.Derived} report lies {Math.Abs(hours)} hours in the {(hours > 0 ? "future" : "past")} when its times are taken for {integration.Zone}: set the zone in which Five9 shows the report's times.");
                return;
            }
        }

        if (contents.Select(c => c.Content.Newest).Max() is { } newest)
        {
            stages.Say(ConnectionStage.Zone, StageResult.Ok, $"The newest row is of {newest}, taken for {integration.Zone}.");
        }
        else if (contents.Count > 0)
        {
            stages.Say(ConnectionStage.Zone, StageResult.NotChecked, "There are no rows of the last hour; the import warns when rows show another zone.");
        }
    }

    // Five9 selects calls by their true times, so all of them before what was asked for are as many hours off. A state may have begun long ago.
    private static int? HoursOff(ReportDefinition report, ReportContent content, Interval asked, Instant now) =>
        ReportClock.HoursAhead(content, now)
        ?? (report.RowsAreRecent && content is { Read: > 0, Newest: { } newest } && content.OutsideAsked == content.Read && newest < asked.Start
            ? -Math.Max(1, (int)Math.Round((now - newest).TotalHours, MidpointRounding.AwayFromZero))
            : null);
}
