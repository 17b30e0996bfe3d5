using Five9Functions.Health;
using Five9Functions.Problems;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api.Queries;

/// <summary>What is covered: docs/api.md.</summary>
public sealed class CoverageApi(IntegrationLookup integrations, CoverageReader coverage)
{
    private const int MaxDays = 1_096;

    private static readonly IReadOnlyList<Column<CoverageDay>> Columns =
    [
        Column.Date<CoverageDay>("date", day => day.Date),
        Column.Text<CoverageDay>("report", day => day.Report),
        Column.Text<CoverageDay>("state", day => day.State.Code()),
        Column.Number<CoverageDay>("rows", day => day.Rows),
        Column.Windows<CoverageDay>("missing", day => day.Missing),
        Column.Time<CoverageDay>("asOf", day => day.AsOf),
        Column.Text<CoverageDay>("reason", day => day.Reason),
    ];

    public async Task<IResult> ListAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, ["from", "to", .. RowsRequest.Parameters]);
        var asked = RowsRequest.Of(request, query);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var window = query.Window(integration.DateTimeZone, MaxDays);
        var from = asked.From is { } position ? (position.Date(0), position.Text(1)) : default;
        return await RowsAnswer<CoverageDay>.BeginAsync(
            asked,
            Columns,
            day => new Position(Position.Of(day.Date), day.Report),
            coverage.ReadAsync(integration, window, cancellationToken).Where(day => day.Date > from.Item1 || (day.Date == from.Item1 && string.CompareOrdinal(day.Report, from.Item2) >= 0)),
            cancellationToken);
    }
}
