using System.Xml.Linq;
using System.Xml.Schema;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The types of the faults that the service description declares.</summary>
internal static class FaultTypes
{
    private const string Suffix = "Fault";

    private static readonly XNamespace Xs = XmlSchema.Namespace;

    private static readonly XElement Schema = XDocument.Parse(Wsdl.Admin("")).Descendants(Xs + "schema").Single();

    private static readonly Lazy<XmlSchemaSet> Schemas = new(() =>
    {
        var set = new XmlSchemaSet();
        set.Add(null, Schema.CreateReader());
        set.Compile();
        return set;
    });

    /// <summary>The elements of each fault in their order, by the fault's name without the word Fault.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; } = Schema
        .Elements(Xs + "complexType")
        .Where(t => Name(t).EndsWith(Suffix, StringComparison.Ordinal))
        .ToDictionary(t => Name(t)[..^Suffix.Length], t => (IReadOnlyList<string>)[.. t.Descendants(Xs + "element").Select(Name)], StringComparer.Ordinal);

    /// <summary>Why the fault is not valid; null when it is.</summary>
    public static string? Problem(SoapFault fault)
    {
        string? problem = null;
        new XDocument(new XElement(XName.Get(fault.Name + Suffix, SoapWriter.AdminNamespace), fault.Fields.Select(f => new XElement(f.Name, f.Value))))
            .Validate(Schemas.Value, (_, e) => problem ??= e.Message);
        return problem;
    }

    private static string Name(XElement element) => (string)element.Attribute("name")!;
}
