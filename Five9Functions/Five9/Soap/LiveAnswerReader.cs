using System.Globalization;
using System.Xml;

namespace Five9Functions.Five9.Soap;

/// <summary>Reads the supervisor service's answers.</summary>
internal static class LiveAnswerReader
{
    private const int MaxColumns = 1_000;
    private const int MaxAgents = 50_000;
    private const int MaxValues = 250_000;

    /// <summary>The answer to getColumnNames.</summary>
    public static async Task<IReadOnlyList<string>> ReadColumnsAsync(XmlReader xml) => await SoapAnswer.MoveToReturnAsync(xml) ? await ReadRowAsync(xml, MaxColumns, "columns") : [];

    /// <summary>The answer to getStatistics.</summary>
    public static async Task<LiveStatistics> ReadAllAsync(XmlReader xml, Five9Call call)
    {
        if (!await SoapAnswer.MoveToReturnAsync(xml))
        {
            throw call.Unexpected("holds no statistics");
        }

        var (columns, rows, timestamp) = ((IReadOnlyList<string>)[], new List<IReadOnlyList<string>>(), (long?)null);
        await foreach (var part in SoapAnswer.ChildrenAsync(xml))
        {
            switch (part)
            {
                case "columns":
                    columns = await ReadRowAsync(xml, MaxColumns, "columns");
                    break;
                case "rows" when await ReadRowAsync(xml, MaxColumns, "columns") is { Count: > 0 } row: // one can be nil
                    rows.Add(row);
                    AnswerTooLargeException.ThrowIfOver(rows.Count, MaxAgents, "agents");
                    break;
                case "timestamp":
                    timestamp = await ReadNumberAsync(xml, call);
                    break;
            }
        }

        return rows.Find(row => row.Count != columns.Count) is { } odd ? throw call.Unexpected($"holds a row of {odd.Count} values under {columns.Count} columns")
            : timestamp is null ? throw call.Unexpected("holds no timestamp")
            : new LiveStatistics(columns, rows, timestamp.Value);
    }

    /// <summary>The answer to getStatisticsUpdate.</summary>
    public static async Task<LiveUpdate> ReadChangesAsync(XmlReader xml, Five9Call call)
    {
        var (added, values, deleted, timestamp) = ((IReadOnlyList<string>)[], new List<LiveValue>(), (IReadOnlyList<string>)[], 0L);
        if (await SoapAnswer.MoveToReturnAsync(xml))
        {
            await foreach (var part in SoapAnswer.ChildrenAsync(xml))
            {
                switch (part)
                {
                    case "addedObjects":
                        added = await ReadRowAsync(xml, MaxAgents, "agents");
                        break;
                    case "dataUpdate":
                        values.Add(await ReadValueAsync(xml));
                        AnswerTooLargeException.ThrowIfOver(values.Count, MaxValues, "changes");
                        break;
                    case "deletedObjects":
                        deleted = await ReadRowAsync(xml, MaxAgents, "agents");
                        break;
                    case "lastTimestamp":
                        timestamp = await ReadNumberAsync(xml, call);
                        break;
                }
            }
        }

        var update = new LiveUpdate(Named(added), [.. values.Where(value => value.Agent.Length > 0 && value.Column.Length > 0)], Named(deleted), timestamp > 0 ? timestamp : null);
        return update is { IsEmpty: false, Timestamp: null } ? throw call.Unexpected("holds changes without a timestamp") : update;
    }

    private static async Task<IReadOnlyList<string>> ReadRowAsync(XmlReader xml, int max, string what)
    {
        var row = new List<string>();
        await foreach (var values in SoapAnswer.ChildrenAsync(xml))
        {
            if (values == "values")
            {
                await foreach (var data in SoapAnswer.ChildrenAsync(xml))
                {
                    if (data == "data")
                    {
                        row.Add((await SoapAnswer.ReadTextAsync(xml)).Trim());
                        AnswerTooLargeException.ThrowIfOver(row.Count, max, what);
                    }
                }
            }
        }

        return row;
    }

    private static async Task<LiveValue> ReadValueAsync(XmlReader xml)
    {
        var (agent, column, value) = ("", "", "");
        await foreach (var field in SoapAnswer.ChildrenAsync(xml))
        {
            var text = (await SoapAnswer.ReadTextAsync(xml)).Trim();
            (agent, column, value) = field switch
            {
                "objectName" => (text, column, value),
                "columnName" => (agent, text, value),
                "columnValue" => (agent, column, text),
                _ => (agent, column, value),
            };
        }

        return new LiveValue(agent, column, value);
    }

    private static async Task<long> ReadNumberAsync(XmlReader xml, Five9Call call) =>
        long.TryParse((await SoapAnswer.ReadTextAsync(xml)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw call.Unexpected("holds a timestamp that is no number");

    private static IReadOnlyList<string> Named(IReadOnlyList<string> names) => [.. names.Where(name => name.Length > 0)];
}
