using System.Globalization;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>How the supervisor service writes what it answers: the WSDL's viewRow and statistics types.</summary>
internal static class SupervisorAnswer
{
    private const string Type = "AgentState";

    public static WriteContent Nothing => (_, _) => Task.CompletedTask;

    public static WriteContent Of(Action<SoapWriter> write) => (writer, _) =>
    {
        writer.Open("return");
        write(writer);
        writer.Close("return");
        return Task.CompletedTask;
    };

    /// <summary>The picture of everybody.</summary>
    public static WriteContent Whole(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> agents, long timestamp)
    {
        // Written later, without the lock under which it was read.
        var rows = agents.Select(values => values.ToList()).ToList();
        return Of(writer =>
        {
            writer.Row("columns", columns);
            foreach (var row in rows)
            {
                writer.Row("rows", row);
            }

            writer.Element("timestamp", Number(timestamp));
            writer.Element("type", Type);
        });
    }

    /// <summary>What changed between two timestamps.</summary>
    public static WriteContent Update(LiveDifference changes, long previous, long timestamp) => Of(writer =>
    {
        writer.Row("addedObjects", changes.Added);
        foreach (var (agent, column, value) in changes.Values)
        {
            writer.Open("dataUpdate");
            writer.Element("columnName", column);
            writer.Element("columnValue", value);
            writer.Element("objectName", agent);
            writer.Close("dataUpdate");
        }

        writer.Row("deletedObjects", changes.Deleted);
        writer.Element("lastTimestamp", Number(timestamp));
        writer.Element("previousTimestamp", Number(previous));
        writer.Element("type", Type);
    });

    /// <param name="name">Null: the values alone.</param>
    public static void Row(this SoapWriter writer, string? name, IEnumerable<string> values)
    {
        if (name is not null)
        {
            writer.Open(name);
        }

        writer.Open("values");
        foreach (var value in values)
        {
            if (value.Length > 0)
            {
                writer.Element("data", value);
            }
            else
            {
                writer.Nil("data");
            }
        }

        writer.Close("values");
        if (name is not null)
        {
            writer.Close(name);
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
