using System.Xml.Linq;
using System.Xml.Schema;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The types of the faults that the service descriptions declare.</summary>
internal static class FaultTypes
{
    private const string Suffix = "Fault";

    private static readonly XNamespace Xs = XmlSchema.Namespace;

    private static readonly XElement[] OfServices =
        [.. new[] { Wsdl.Admin(""), Wsdl.Supervisor("") }.Select(wsdl => XDocument.Parse(wsdl).Descendants(Xs + "schema").Single())];

    private static readonly Lazy<XmlSchemaSet> Schemas = new(() =>
    {
        var set = new XmlSchemaSet();
        foreach (var schema in OfServices)
        {
            set.Add(null, schema.CreateReader());
        }

        set.Compile();
        return set;
    });

    private static readonly Dictionary<string, (string Namespace, IReadOnlyList<string> Fields)> Declared = OfServices
        .SelectMany(schema => schema.Elements(Xs + "complexType").Where(t => Name(t).EndsWith(Suffix, StringComparison.Ordinal)).Select(type => (Schema: schema, Type: type)))
        .GroupBy(fault => Name(fault.Type)[..^Suffix.Length], StringComparer.Ordinal)
        .ToDictionary(
            fault => fault.Key,
            fault => ((string)fault.First().Schema.Attribute("targetNamespace")!, (IReadOnlyList<string>)[.. fault.First().Type.Descendants(Xs + "element").Select(Name)]),
            StringComparer.Ordinal);

    /// <summary>The elements of each fault in their order, by the fault's name without the word Fault. What both services have is the same in both.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; } = Declared.ToDictionary(fault => fault.Key, fault => fault.Value.Fields, StringComparer.Ordinal);

    /// <summary>Why the fault is not valid; null when it is.</summary>
    public static string? Problem(SoapFault fault)
    {
        string? problem = null;
        new XDocument(new XElement(XName.Get(fault.Name + Suffix, Declared[fault.Name!].Namespace), fault.Fields.Select(f => new XElement(f.Name, f.Value))))
            .Validate(Schemas.Value, (_, e) => problem ??= e.Message);
        return problem;
    }

    private static string Name(XElement element) => (string)element.Attribute("name")!;
}
