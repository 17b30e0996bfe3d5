using System.Globalization;
using System.Xml;
using NodaTime;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// Five9's supervisor web service (SOAP 1.1, its WSDL of version 9.5 and what versions 12 and later add), as far as it tells agents' states.
/// A user has one session, whoever logs in last. Every call is made once; Five9 takes one at a time for each user: the callers see to that.
/// What went wrong is a <see cref="Five9Exception"/> whose type says what to do next.
/// </summary>
public sealed class SupervisorClient(HttpClient http, Five9ClientOptions options, TimeProvider? time = null, Five9Metrics? metrics = null)
{
    /// <summary>What a version 12 or later is asked besides; its place is after all else.</summary>
    private const string OnlyMySkills = "showOnlyMySkills";

    // For figures of queues and campaigns alone; states do not depend on them.
    private const string RollingPeriod = "Minutes30";
    private const string Range = "CurrentDay";
    private const string ShiftStart = "0";

    private readonly SoapCaller _soap = new(http, options.IdleTimeout, time ?? TimeProvider.System, metrics);
    private readonly SoapService _service = SoapService.Supervisor(options.SupervisorVersion);

    /// <summary>Begins a session. Another one of the user, whoever has it, is ended.</summary>
    /// <param name="idle">After this long without a call Five9 ends it: 60 to 1800 seconds.</param>
    /// <param name="offset">The report zone's, now: in it Five9 writes times that are no milliseconds.</param>
    public Task SetSessionParametersAsync(Five9Login login, TimeSpan idle, Offset offset, CancellationToken cancellationToken)
    {
        return _soap.CallAsync(Call("setSessionParameters", login), Arguments, options.SupervisorTimeout, (_, _) => Task.FromResult(true), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            xml.WriteStartElement("viewSettings");
            xml.WriteElementString("forceLogoutSession", "true"); // the order of the WSDL
            xml.WriteElementString("idleTimeOut", Text((long)idle.TotalSeconds));
            xml.WriteElementString("rollingPeriod", RollingPeriod);
            xml.WriteElementString("shiftStart", ShiftStart);
            xml.WriteElementString("statisticsRange", Range);
            xml.WriteElementString("timeZone", Text(offset.Milliseconds));
            xml.WriteEndElement();
        }
    }

    /// <summary>The columns that can be asked for of agents' states.</summary>
    public Task<IReadOnlyList<string>> GetColumnNamesAsync(Five9Login login, CancellationToken cancellationToken) => _soap.CallAsync(
        Call("getColumnNames", login), Type, options.SupervisorTimeout, (xml, _) => LiveAnswerReader.ReadColumnsAsync(xml), cancellationToken);

    /// <summary>The states of all agents.</summary>
    public Task<LiveStatistics> GetStatisticsAsync(Five9Login login, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var call = Call("getStatistics", login);
        return _soap.CallAsync(call, Arguments, options.SupervisorTimeout, (xml, _) => LiveAnswerReader.ReadAllAsync(xml, call), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            Type(xml);
            xml.WriteStartElement("columnNames");
            xml.WriteStartElement("values");
            foreach (var column in columns)
            {
                xml.WriteElementString("data", column);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            Skills(xml);
        }
    }

    /// <summary>What changed since an answer. Five9 holds the answer back until something changes, for up to <paramref name="wait"/>, at least 5 seconds.</summary>
    /// <param name="previousTimestamp">That answer's own mark.</param>
    public Task<LiveUpdate> GetStatisticsUpdateAsync(Five9Login login, long previousTimestamp, TimeSpan wait, CancellationToken cancellationToken)
    {
        var call = Call("getStatisticsUpdate", login);
        return _soap.CallAsync(call, Arguments, options.SupervisorTimeout + wait, (xml, _) => LiveAnswerReader.ReadChangesAsync(xml, call), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            Type(xml);
            xml.WriteElementString("previousTimestamp", Text(previousTimestamp));
            xml.WriteElementString("longPollingTimeout", Text((long)wait.TotalMilliseconds));
            Skills(xml);
        }
    }

    /// <summary>Ends the session.</summary>
    public Task CloseSessionAsync(Five9Login login, CancellationToken cancellationToken) =>
        _soap.CallAsync(Call("closeSession", login), _ => { }, options.SupervisorTimeout, (_, _) => Task.FromResult(true), cancellationToken);

    private Five9Call Call(string operation, Five9Login login) => new(operation, login, null, _service);

    private static void Type(XmlWriter xml) => xml.WriteElementString("statisticType", "AgentState");

    private void Skills(XmlWriter xml)
    {
        if (options.ShowOnlyMySkills is { } only)
        {
            xml.WriteElementString(OnlyMySkills, only ? "true" : "false");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
