using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Runs;

/// <summary>All that the way of a report through planning, fetching and landing has to know of its kind. What its days become is an <c>IDayProjection</c>.</summary>
public abstract class ReportDefinition
{
    public static ReportDefinition AgentStates { get; } = new AgentStateKind();

    public static ReportDefinition Calls { get; } = new CallKind();

    private static IReadOnlyList<ReportDefinition> All { get; } = [AgentStates, Calls];

    /// <summary>One of <see cref="ReportNames"/>.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>What its days become, in a word or two.</summary>
    public abstract string Derived { get; }

    /// <summary>Where the steps of its slices are sent.</summary>
    public abstract string Queue { get; }

    /// <summary>Whether the queues that Five9 lists belong to what it tells.</summary>
    public virtual bool ListsQueues => false;

    /// <summary>Whether the newest row of a busy contact centre is minutes old; a state can have begun long ago.</summary>
    public virtual bool RowsAreRecent => false;

    /// <exception cref="InvalidOperationException">There is no such report.</exception>
    public static ReportDefinition Of(string name) =>
        All.FirstOrDefault(report => report.Name == name) ?? throw new InvalidOperationException($"There is no report '{name}'; known are {string.Join(" and ", ReportNames.All)}.");

    /// <summary>Those that an integration imports.</summary>
    public static IReadOnlyList<ReportDefinition> Of(Integration integration) => [.. All.Where(report => integration.Imports(report.Name))];

    /// <summary>Where it is in the integration's Five9.</summary>
    public abstract ReportRequest Request(Integration integration, Interval asked);

    /// <summary>Reads its CSV.</summary>
    /// <exception cref="Five9MisconfiguredException">It lacks a column that is needed.</exception>
    /// <exception cref="ReportCutException">It holds <paramref name="rowCap"/> records: Five9 cut it.</exception>
    public abstract Task<ReportContent> ReadAsync(TextReader csv, Integration integration, ReportWindow window, int rowCap, CancellationToken cancellationToken);

    /// <summary>Whether a ledger window counts as read: what the integration needs now is there.</summary>
    public virtual bool IsEnough(LedgerWindow window, Integration integration) => true;

    /// <summary>What rows lack that another setting of the integration would need.</summary>
    public virtual bool LacksSkill(ReportContent content) => false;

    /// <summary>Columns that the integration's own settings leave out, so that they may be missing where they were before.</summary>
    public virtual IReadOnlyList<string> LeftOut(Integration integration) => integration.KeepCustomerData ? [] : ReportHeader.CustomerColumns;

    /// <summary>The local days whose figures the rows of a raw day can change.</summary>
    /// <param name="latestEnd">The latest end of its rows, now and before.</param>
    public abstract IReadOnlyList<LocalDate> Touched(LocalDate date, Instant latestEnd, DateTimeZone zone);

    /// <summary>Whether a day follows from a raw day's rows, as these are now.</summary>
    public abstract bool Reaches(RawDayHeader raw, LocalDay day);

    /// <summary>Timelines: a report cuts states at midnight, and a valid state lasts up to 168 hours.</summary>
    private sealed class AgentStateKind : ReportDefinition
    {
        public override string Name => ReportNames.AgentStates;

        public override string Title => "agent-state report";

        public override string Derived => "timelines";

        public override string Queue => StorageLayout.AgentStateReports;

        public override ReportRequest Request(Integration integration, Interval asked) => new(integration.AgentStateFolder, integration.AgentStateReport, asked);

        public override Task<ReportContent> ReadAsync(TextReader csv, Integration integration, ReportWindow window, int rowCap, CancellationToken cancellationToken) =>
            AgentStateReport.ReadAsync(csv, window, rowCap, integration.KeepCustomerData, cancellationToken);

        public override IReadOnlyList<LocalDate> Touched(LocalDate date, Instant latestEnd, DateTimeZone zone)
        {
            var days = new List<LocalDate> { date.PlusDays(-1), date, date.PlusDays(1) };
            for (var i = 2; i <= ContextDays.Before && new LocalDay(date.PlusDays(i), zone).Start <= latestEnd; i++)
            {
                days.Add(date.PlusDays(i));
            }

            return days;
        }

        public override bool Reaches(RawDayHeader raw, LocalDay day) =>
            raw.Version > 0 && (raw.Id.Date >= day.Date.PlusDays(-ContextDays.After) || raw.LatestEnd >= day.Start);
    }

    /// <summary>Queues: a call reaches over at most one midnight (<see cref="CallContext"/>).</summary>
    private sealed class CallKind : ReportDefinition
    {
        private const string Skill = "SKILL";

        public override string Name => ReportNames.Calls;

        public override string Title => "call log";

        public override string Derived => "call figures";

        public override string Queue => StorageLayout.CallLogReports;

        public override bool ListsQueues => true;

        public override bool RowsAreRecent => true;

        public override ReportRequest Request(Integration integration, Interval asked) => new(integration.CallLogFolder, integration.CallLogReport, asked);

        public override Task<ReportContent> ReadAsync(TextReader csv, Integration integration, ReportWindow window, int rowCap, CancellationToken cancellationToken) =>
            CallLogReport.ReadAsync(csv, integration.Grouping, window, rowCap, integration.KeepCustomerData, cancellationToken);

        public override bool IsEnough(LedgerWindow window, Integration integration) => integration.Grouping != QueueGrouping.Skill || !window.LacksSkill;

        public override bool LacksSkill(ReportContent content) => content.Rows is [var first, ..] && first.Columns.IndexOf(Skill) < 0;

        // Queues are campaigns: the custom report with the column SKILL is not needed any more.
        public override IReadOnlyList<string> LeftOut(Integration integration) =>
            [.. base.LeftOut(integration), .. integration.Grouping == QueueGrouping.Campaign ? [Skill] : Array.Empty<string>()];

        public override IReadOnlyList<LocalDate> Touched(LocalDate date, Instant latestEnd, DateTimeZone zone) =>
            [.. Enumerable.Range(-CallContext.After, CallContext.After + 1 + CallContext.Before).Select(days => date.PlusDays(days))];

        public override bool Reaches(RawDayHeader raw, LocalDay day) => raw.Version > 0
            && raw.Id.Date >= day.Date.PlusDays(-CallContext.Before) && raw.Id.Date <= day.Date.PlusDays(CallContext.After);
    }
}
