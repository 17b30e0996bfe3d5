using CsvHelper;
using Five9Functions.Five9.Csv;
using Five9Functions.LocalHost.Files;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// The reportObjects of a request: rows whose column for the type holds one of the names, exactly. Names for the same type add up,
/// different types narrow each other. What the report's columns cannot answer is refused: a report that was not filtered is wrong.
/// </summary>
internal sealed class ReportFilter
{
    // Of the types in Five9's WSDL, those that a known column of the two reports names.
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["AgentGroup"] = "AGENT GROUP",
        ["Campaign"] = "CAMPAIGN",
        ["Disposition"] = "DISPOSITION",
        ["ReasonCode"] = "REASON CODE",
        ["Skill"] = "SKILL",
        ["User"] = "AGENT",
    };

    private readonly Dictionary<int, HashSet<string>> _wanted = [];

    private ReportFilter()
    {
    }

    /// <summary>Null when nothing is filtered.</summary>
    /// <exception cref="SoapFaultException">It asks for something that the report cannot tell.</exception>
    public static ReportFilter? Of(SoapRequest request, ReadOnlyMemory<byte> header)
    {
        var filter = new ReportFilter();
        foreach (var objects in request.All("criteria", "reportObjects"))
        {
            var names = objects.Texts("objectNames");
            var type = objects.Text("objectType");
            if (type is null && names.Count == 0)
            {
                continue;
            }

            if (type is null || names.Count == 0)
            {
                throw SoapFault.Of("MissedArgument", $"Missed argument: criteria.reportObjects.{(type is null ? "objectType" : "objectNames")}");
            }

            var column = Column(type, header);
            if (!filter._wanted.TryGetValue(column, out var wanted))
            {
                filter._wanted[column] = wanted = new HashSet<string>(StringComparer.Ordinal);
            }

            wanted.UnionWith(names);
        }

        return filter._wanted.Count == 0 ? null : filter;
    }

    public bool Keeps(ReadOnlyMemory<byte> record)
    {
        using var csv = CsvReader.Create(record, CsvDialect.Lenient);
        return csv.Read() && _wanted.All(w => w.Key < csv.FieldCount && w.Value.Contains(csv.GetString(w.Key).Trim()));
    }

    private static int Column(string type, ReadOnlyMemory<byte> header)
    {
        using var csv = CsvReader.Create(header, CsvDialect.Lenient);
        if (Columns.TryGetValue(type, out var name) && csv.Read())
        {
            for (var i = 0; i < csv.FieldCount; i++)
            {
                if (ReportHeader.Normalize(csv.GetString(i)) == name)
                {
                    return i;
                }
            }
        }

        throw SoapFault.Of("IncorrectArgument", name is null
            ? $"Incorrect argument: the simulator cannot filter by objectType {type}"
            : $"Incorrect argument: the report has no column {name} to filter by objectType {type}");
    }
}
