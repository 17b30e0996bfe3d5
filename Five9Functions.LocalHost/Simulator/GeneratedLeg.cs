using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>One row of the generated call log. Lengths are seconds; one that does not apply is null.</summary>
internal sealed record GeneratedLeg
{
    public const string Columns =
        "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,CALL TIME,BILL TIME (ROUNDED),COST,IVR TIME,QUEUE WAIT TIME,"
        + "RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,CONFERENCES,HOLDS,ABANDONED,RECORDINGS";

    private const int BilledBy = 6;
    private const decimal CostOfASecond = 0.0003m;

    private static readonly LocalDateTimePattern Timestamp = LocalDateTimePattern.CreateWithInvariantCulture("ddd', 'dd MMM uuuu HH:mm:ss");

    public required string CallId { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    public required string Campaign { get; init; }

    public required string CallType { get; init; }

    /// <summary>[None] when nobody took it.</summary>
    public string Agent { get; init; } = "[None]";

    public string AgentName { get; init; } = "";

    public string Disposition { get; init; } = "";

    /// <summary>The last four digits of a number that nobody has.</summary>
    public int Customer { get; init; }

    public int? Ivr { get; init; }

    public int QueueWait { get; init; }

    public int? Ring { get; init; }

    public int? Talk { get; init; }

    public int? Hold { get; init; }

    public int? Holds { get; init; }

    public int? AfterCallWork { get; init; }

    public int? Transfers { get; init; }

    public int? Abandoned { get; init; }

    /// <summary>The leg to which a call was handed over: no agent, the same CALL ID.</summary>
    public static GeneratedLeg ThirdParty(GeneratedLeg from, int seconds) => new()
    {
        CallId = from.CallId,
        Start = from.End,
        End = from.End + Duration.FromSeconds(seconds),
        Campaign = from.Campaign,
        CallType = "3rd party transfer",
        Customer = from.Customer,
    };

    /// <summary>Somebody who called at the same time and hung up before anybody was free.</summary>
    public static GeneratedLeg HungUp(GeneratedLeg beside, string callId, int seconds) => new()
    {
        CallId = callId,
        Start = beside.Start,
        End = beside.Start + Duration.FromSeconds(seconds),
        Campaign = "Support EN - Inbound",
        CallType = "Inbound",
        Disposition = "Abandon",
        Customer = (beside.Customer + 4_321) % 10_000,
        Ivr = 0,
        QueueWait = seconds,
        Abandoned = 1,
    };

    public byte[] ToCsv(DateTimeZone zone)
    {
        var seconds = (int)(End - Start).TotalSeconds;
        var billed = (seconds + BilledBy - 1) / BilledBy * BilledBy;
        var talked = Talk is not null;
        string?[] fields =
        [
            CallId, $"\"{Timestamp.Format(Start.InZone(zone).LocalDateTime)}\"", Campaign, CallType, Agent, AgentName, Disposition,
            $"555010{Customer:D4}", "", "5550100100", Text(seconds), Text(billed), (billed * CostOfASecond).ToString(CultureInfo.InvariantCulture),
            Text(Ivr), Text(QueueWait) + ".000", Text(Ring), Text(Talk), Text(Hold), talked ? "00:00:00" : "", Text(AfterCallWork),
            Number(Transfers), "", Holds is 0 ? "" : Number(Holds), talked ? "0" : Number(Abandoned), "",
        ];
        return Encoding.UTF8.GetBytes(string.Join(',', fields));
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(int? seconds) =>
        seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s / 3600:00}:{s / 60 % 60:00}:{s % 60:00}") : "";
}
