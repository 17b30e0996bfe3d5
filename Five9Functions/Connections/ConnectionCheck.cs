using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Connections;

/// <summary>
/// Tries what an import needs, over the last hour, and says of each stage what is wrong and how to cure it. Each call has its own turn of
/// the Five9 user, so that imports go on meanwhile, and goes through the <see cref="CredentialGuard"/>: a test is no way to a second bad login.
/// </summary>
public sealed class ConnectionCheck(Five9AdminClient five9, Five9UserTable users, CredentialGuard guard, IOptions<ImportOptions> options, TimeProvider time)
{
    private static readonly Duration Window = Duration.FromHours(1);

    // A report of an hour takes seconds; Five9 may not hold an answer back for as long as it was asked to.
    private const int MaxPolls = 20;

    private static readonly ConnectionStage[] Reports = [ConnectionStage.CallLog, ConnectionStage.AgentStates];

    public async Task<IReadOnlyList<TestedStage>> RunAsync(Integration integration, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ConnectionCalls.MaxLength, time);
        var test = new ConnectionCalls(users, guard, integration, options.Value.UserBusy, time, deadline.Token, cancellationToken);
        var stages = new ConnectionStages();
        try
        {
            await test.CallAsync(five9.GetCallCountersAsync);
        }
        catch (Five9Exception e)
        {
            return ConnectionVerdict.OfFirstCall(stages, integration, e, test.Called);
        }

        stages.Say(ConnectionStage.Host, StageResult.Ok, ConnectionVerdict.Answers(integration));
        stages.Say(ConnectionStage.Login, StageResult.Ok, $"Five9 takes the password of {integration.UserName}.");
        var contents = new List<(ReportDefinition Report, ReportContent Content, Interval Asked)>();
        foreach (var stage in Reports)
        {
            var report = ReportDefinition.Of(stage == ConnectionStage.CallLog ? ReportNames.Calls : ReportNames.AgentStates);
            if (!integration.Imports(report.Name))
            {
                stages.Say(stage, StageResult.Skipped, "The integration does not import it.");
            }
            else if (await ReadAsync(test, stages, stage, report) is var (content, asked))
            {
                contents.Add((report, content, asked));
            }
        }

        ConnectionVerdict.OfZone(stages, integration, contents, time.Now());
        return stages.Rest(StageResult.NotChecked, "No report came to an end, so it cannot be told.");
    }

    private async Task<(ReportContent Content, Interval Asked)?> ReadAsync(ConnectionCalls test, ConnectionStages stages, ConnectionStage stage, ReportDefinition report)
    {
        var integration = test.Integration;
        var now = time.Now().WholeSecond();
        var asked = new Interval(now - Window, now);
        var request = report.Request(integration, asked);
        try
        {
            var id = await test.CallAsync((login, token) => five9.RunReportAsync(login, request, token), "ReportRequest");
            stages.Say(ConnectionStage.Role, StageResult.Ok, $"{integration.UserName} may run reports.");
            for (var poll = 1; await test.CallAsync((login, token) => five9.IsReportRunningAsync(login, id, options.Value.LongPoll, token)); poll++)
            {
                if (poll == MaxPolls)
                {
                    stages.Say(stage, StageResult.NotChecked, "Five9 has found the report and still runs it; the import reads it when it is done.");
                    return null;
                }
            }

            var window = new ReportWindow(asked, asked, integration.DateTimeZone) { LatestStart = time.Now() + Duration.FromMinutes(5), Dates = integration.DateOrder };
            var content = await test.CallAsync((login, token) => five9.ReadReportCsvAsync(login, id, (csv, read) => report.ReadAsync(csv, integration, window, options.Value.RowCap, read), token), "RetrieveReport");
            ConnectionVerdict.OfContent(stages, stage, report, Named(request), content);
            return (content, asked);
        }
        catch (ReportCutException)
        {
            stages.Say(stage, StageResult.Ok, $"{Named(request)} has every column that is needed, and more rows in the last hour than Five9 hands out at once.");
            return null;
        }
        catch (Five9Exception e)
        {
            ConnectionVerdict.OfReport(stages, stage, e);
            return null;
        }
    }

    private static string Named(ReportRequest request) => $"The report \"{request.Name}\" in folder \"{request.Folder}\"";
}
