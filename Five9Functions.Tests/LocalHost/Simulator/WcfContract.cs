using System.ServiceModel;
using System.Xml.Serialization;
using static System.Xml.Schema.XmlSchemaForm;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>Five9's published description of the report operations, as WCF's own tools write it down.</summary>
[ServiceContract(Namespace = WcfNames.Service), XmlSerializerFormat(SupportFaults = true)]
internal interface IWcfAdminService
{
    [OperationContract(Action = "", ReplyAction = "*")]
    [FaultContract(typeof(WcfReportNotFoundFault), Action = "", Name = "ReportNotFoundFault")]
    [FaultContract(typeof(WcfOperationsLimitExceededFault), Action = "", Name = "OperationsLimitExceededFault")]
    [FaultContract(typeof(WcfInvalidAccountFault), Action = "", Name = "InvalidAccountFault")]
    Task<WcfRunReportResponse> RunReportAsync(WcfRunReport request);
}

[ServiceContract(Namespace = WcfNames.Service), XmlSerializerFormat(SupportFaults = true)]
internal interface IWcfReportResults
{
    [OperationContract(Action = "", ReplyAction = "*")]
    [FaultContract(typeof(WcfUnknownIdentifierFault), Action = "", Name = "UnknownIdentifierFault")]
    Task<WcfGetReportResultResponse> GetReportResultAsync(WcfGetReportResult request);
}

internal static class WcfNames
{
    public const string Service = "http://service.admin.ws.five9.com/";
}

[MessageContract(WrapperName = "runReport", WrapperNamespace = WcfNames.Service, IsWrapped = true)]
public sealed class WcfRunReport
{
    [MessageBodyMember(Namespace = WcfNames.Service, Order = 0), XmlElement("folderName", Form = Unqualified)]
    public string? FolderName { get; set; }

    [MessageBodyMember(Namespace = WcfNames.Service, Order = 1), XmlElement("reportName", Form = Unqualified)]
    public string? ReportName { get; set; }

    [MessageBodyMember(Namespace = WcfNames.Service, Order = 2), XmlElement("criteria", Form = Unqualified)]
    public WcfCriteria? Criteria { get; set; }
}

[XmlType("customReportCriteria", Namespace = WcfNames.Service)]
public sealed class WcfCriteria
{
    [XmlElement("time", Form = Unqualified)]
    public WcfTime? Time { get; set; }
}

[XmlType("reportTimeCriteria", Namespace = WcfNames.Service)]
public sealed class WcfTime
{
    [XmlElement("end", Form = Unqualified, Order = 0)]
    public DateTime End { get; set; }

    [XmlElement("start", Form = Unqualified, Order = 1)]
    public DateTime Start { get; set; }
}

[MessageContract(WrapperName = "runReportResponse", WrapperNamespace = WcfNames.Service, IsWrapped = true)]
public sealed class WcfRunReportResponse
{
    [MessageBodyMember(Namespace = WcfNames.Service, Order = 0), XmlElement("return", Form = Unqualified)]
    public string? Return { get; set; }
}

[MessageContract(WrapperName = "getReportResult", WrapperNamespace = WcfNames.Service, IsWrapped = true)]
public sealed class WcfGetReportResult
{
    [MessageBodyMember(Namespace = WcfNames.Service, Order = 0), XmlElement("identifier", Form = Unqualified)]
    public string? Identifier { get; set; }
}

[MessageContract(WrapperName = "getReportResultResponse", WrapperNamespace = WcfNames.Service, IsWrapped = true)]
public sealed class WcfGetReportResultResponse
{
    [MessageBodyMember(Namespace = WcfNames.Service, Order = 0), XmlElement("return", Form = Unqualified)]
    public WcfRowData? Return { get; set; }
}

[XmlType("reportRowData", Namespace = WcfNames.Service)]
public sealed class WcfRowData
{
    [XmlElement("header", Form = Unqualified, Order = 0)]
    public WcfRecord? Header { get; set; }

    [XmlElement("records", Form = Unqualified, Order = 1)]
    public WcfRecord[]? Records { get; set; }
}

[XmlType("record", Namespace = WcfNames.Service)]
public sealed class WcfRecord
{
    [XmlArray("values", Form = Unqualified)]
    [XmlArrayItem("data", Form = Unqualified, IsNullable = true)]
    public string?[]? Values { get; set; }
}

[XmlType("ReportNotFoundFault", Namespace = WcfNames.Service)]
public sealed class WcfReportNotFoundFault
{
    [XmlElement("folder", Form = Unqualified, Order = 0)]
    public string? Folder { get; set; }

    [XmlElement("message", Form = Unqualified, Order = 1)]
    public string? Message { get; set; }

    [XmlElement("reportName", Form = Unqualified, Order = 2)]
    public string? ReportName { get; set; }
}

[XmlType("OperationsLimitExceededFault", Namespace = WcfNames.Service)]
public sealed class WcfOperationsLimitExceededFault
{
    [XmlElement("limit", Form = Unqualified, Order = 0)]
    public long Limit { get; set; }

    [XmlElement("message", Form = Unqualified, Order = 1)]
    public string? Message { get; set; }

    [XmlElement("operationType", Form = Unqualified, Order = 2)]
    public string? OperationType { get; set; }
}

[XmlType("InvalidAccountFault", Namespace = WcfNames.Service)]
public sealed class WcfInvalidAccountFault
{
    [XmlElement("message", Form = Unqualified)]
    public string? Message { get; set; }
}

[XmlType("UnknownIdentifierFault", Namespace = WcfNames.Service)]
public sealed class WcfUnknownIdentifierFault
{
    [XmlElement("message", Form = Unqualified)]
    public string? Message { get; set; }
}
