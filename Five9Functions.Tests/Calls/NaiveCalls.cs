using Five9Functions.Calls;
using NodaTime;

namespace Five9Functions.Tests.Calls;

/// <summary>
/// The rules of docs/calls.md once more, as slowly and plainly as they read: every question is asked of all legs of the call. The properties
/// compare the real thing with it, so it must not call any of it.
/// </summary>
internal sealed class NaiveCalls
{
    private readonly CallRules rules;
    private readonly Dictionary<(string Queue, Instant Start), Dictionary<string, long>> intervals = [];

    public NaiveCalls(IEnumerable<CallLeg> legs, CallRules rules)
    {
        this.rules = rules;
        foreach (var ofOneId in legs.GroupBy(leg => leg.CallId))
        {
            foreach (var call in ofOneId.GroupBy(leg => FirstDay(leg, ofOneId)))
            {
                Add([.. call.OrderBy(leg => leg.Start).ThenBy(leg => leg.TypeName.ToUpperInvariant(), StringComparer.Ordinal).ThenBy(leg => leg.Agent, StringComparer.Ordinal)
                    .ThenBy(leg => leg.Campaign, StringComparer.Ordinal).ThenBy(leg => leg.QueueWait).ThenBy(leg => leg.Ring).ThenBy(leg => leg.Talk).ThenBy(leg => leg.Hold)
                    .ThenBy(leg => leg.Park).ThenBy(leg => leg.AfterCallWork).ThenBy(leg => leg.Abandoned).ThenBy(leg => leg.Handle).ThenBy(leg => leg.SpeedOfAnswer)
                    .ThenBy(leg => leg.TimeToAbandon).ThenBy(leg => leg.Skill, StringComparer.Ordinal).ThenBy(leg => leg.Row)]);
            }
        }
    }

    public int QueuedCalls { get; private set; }

    public IEnumerable<string> Told => intervals
        .Where(interval => interval.Value.Values.Any(value => value != 0))
        .OrderBy(interval => interval.Key.Queue, StringComparer.Ordinal).ThenBy(interval => interval.Key.Start)
        .Select(interval => $"{interval.Key.Queue} {interval.Key.Start} {string.Join(' ', interval.Value.Where(c => c.Value != 0).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"))}");

    private static LocalDate FirstDay(CallLeg leg, IEnumerable<CallLeg> all)
    {
        var days = all.Select(other => other.Day).ToHashSet();
        var running = 0;
        while (days.Contains(leg.Day.PlusDays(-running - 1)))
        {
            running++;
        }

        return running == 1 ? leg.Day.PlusDays(-1) : leg.Day;
    }

    private void Add(List<CallLeg> call)
    {
        var queues = call.Select((_, i) => QueueOf(call, i)).ToList();
        var contactLegs = call.Where(leg => Queued(leg) && leg.Type == CallType.Inbound || Worked(leg) && leg.Type == CallType.QueueCallback).ToList();
        QueuedCalls += contactLegs.Count > 0 ? 1 : 0;

        var contacts = contactLegs.GroupBy(leg => queues[call.IndexOf(leg)]).ToDictionary(contact => contact.Key, contact => contact.ToList());
        var arrivals = contacts.ToDictionary(contact => contact.Key, contact => contact.Value.Find(leg => leg.Type == CallType.Inbound) ?? contact.Value[0]);
        foreach (var (queue, legs) in contacts)
        {
            Contact(call, queue, legs, arrivals);
        }

        foreach (var leg in call)
        {
            Other(call, leg, queues, contacts, arrivals);
        }
    }

    private void Contact(List<CallLeg> call, string queue, List<CallLeg> legs, Dictionary<string, CallLeg> arrivals)
    {
        void Count(string column, long value) => Sum(queue, arrivals[queue], column, value);
        var limits = rules.ThresholdsOf(queue);
        var inbound = legs.Where(leg => leg.Type == CallType.Inbound).ToList();
        Count("offered", 1);
        Count("transferredIn", arrivals.Values.Any(other => call.IndexOf(other) < call.IndexOf(arrivals[queue])) ? 1 : 0);

        if (legs.Find(Worked) is { } answer)
        {
            var waited = inbound.Count == 0 ? [answer] : inbound.Where(leg => call.IndexOf(leg) <= call.IndexOf(answer)).ToList();
            Count("answered", 1);
            Count("answeredWithin", (inbound.Count == 0 || answer.Type == CallType.Inbound) && Duration.FromMilliseconds(waited.Sum(Wait)) <= limits.ServiceLevel ? 1 : 0);
            Count("waitSecondsAnswered", waited.Sum(WaitSeconds));
            legs.Where(Worked).ToList().ForEach(leg => Work(leg, Count));
            return;
        }

        var last = inbound[^1];
        if (last.Abandoned == AbandonedFlag.Yes || (last.Abandoned == AbandonedFlag.Unsaid && ReferenceEquals(call[^1], last)))
        {
            Count("abandoned", 1);
            Count("abandonedShort", Duration.FromMilliseconds(inbound.Sum(Wait)) <= limits.ShortAbandon ? 1 : 0);
            Count("abandonedWithin", Duration.FromMilliseconds(inbound.Sum(Wait)) <= limits.ServiceLevel ? 1 : 0);
            Count("waitSecondsAbandoned", inbound.Sum(WaitSeconds));
        }
        else
        {
            Count("diverted", 1);
        }
    }

    private void Other(List<CallLeg> call, CallLeg leg, List<string> queues, Dictionary<string, List<CallLeg>> contacts, Dictionary<string, CallLeg> arrivals)
    {
        string Queue(CallLeg of) => queues[call.IndexOf(of)];
        switch (leg.Type)
        {
            case CallType.Inbound when !call.Exists(Queued) && ReferenceEquals(call.Find(other => other.Type == CallType.Inbound), leg):
                Sum(Queue(leg), leg, "ivrOnly", 1);
                break;
            case CallType.InboundVoicemail when Worked(leg):
                Sum(Queue(leg), leg, "otherHandleSeconds", Handle(leg));
                break;
            case CallType.Outbound when Worked(leg):
                Sum(Queue(leg), leg, "outbound", 1);
                Sum(Queue(leg), leg, "outboundHandleSeconds", Handle(leg));
                break;
            case CallType.Outbound:
                Sum(Queue(leg), leg, "outboundAttempts", 1);
                break;
            case CallType.ThirdParty when Worked(leg) && !call.Exists(other => !ReferenceEquals(other, leg) && other.Agent == leg.Agent):
                var answers = contacts.Values.SelectMany(legs => legs).Where(Worked).OrderBy(call.IndexOf).ToList();
                var outbound = call.Where(other => other.Type == CallType.Outbound && Worked(other)).ToList();
                if (answers.Count > 0)
                {
                    var own = answers.Find(answer => Queue(answer) == Queue(leg)) ?? NearestTo(leg, answers);
                    Work(leg, (column, value) => Sum(Queue(own), arrivals[Queue(own)], column, value));
                }
                else if (outbound.Count > 0)
                {
                    var own = NearestTo(leg, outbound);
                    Sum(Queue(own), own, "outboundHandleSeconds", Handle(leg));
                }
                else
                {
                    Sum(Queue(leg), leg, "otherHandleSeconds", Handle(leg));
                }

                break;
        }

        CallLeg NearestTo(CallLeg of, List<CallLeg> some) => some.LastOrDefault(one => call.IndexOf(one) < call.IndexOf(of)) ?? some[0];
    }

    private string QueueOf(List<CallLeg> call, int index)
    {
        string Own(CallLeg leg) => rules.Grouping == QueueGrouping.Campaign ? leg.Campaign : leg.Skill;
        var named = call.Take(index + 1).LastOrDefault(leg => Own(leg).Length > 0) ?? call.Skip(index).FirstOrDefault(leg => Own(leg).Length > 0);
        return named is null ? (rules.Grouping == QueueGrouping.Campaign ? "(no campaign)" : "(no skill)") : Own(named) == "[Deleted]" ? "(deleted)" : Own(named);
    }

    private void Work(CallLeg leg, Action<string, long> count)
    {
        var hold = Round(leg.Hold) + Round(leg.Park);
        count("talkSeconds", rules.TalkIncludesHold ? Math.Max(0, Round(leg.Talk) - hold) : Round(leg.Talk));
        count("holdSeconds", hold);
        count("afterCallWorkSeconds", Round(leg.AfterCallWork));
        count("handleSeconds", Handle(leg));
    }

    private long Handle(CallLeg leg)
    {
        var hold = Round(leg.Hold) + Round(leg.Park);
        var talk = rules.TalkIncludesHold ? Math.Max(0, Round(leg.Talk) - hold) : Round(leg.Talk);
        return leg.Handle is { } handle ? Round(handle) : talk + hold + Round(leg.AfterCallWork);
    }

    private long Wait(CallLeg leg) => GivenWait(leg) ?? leg.QueueWait + (rules.WaitIncludesRing ? leg.Ring : 0);

    private long WaitSeconds(CallLeg leg) => GivenWait(leg) is { } given ? Round(given) : Round(leg.QueueWait) + (rules.WaitIncludesRing ? Round(leg.Ring) : 0);

    private static long? GivenWait(CallLeg leg) => Worked(leg) ? leg.SpeedOfAnswer : leg.Abandoned != AbandonedFlag.No ? leg.TimeToAbandon : null;

    private static bool Worked(CallLeg leg) =>
        leg.Agent != "" && leg.Talk + leg.Hold + leg.Park + leg.AfterCallWork > 0 && (leg.Abandoned != AbandonedFlag.Yes || leg.Talk != 0);

    private static bool Queued(CallLeg leg) => leg.QueueWait > 0 || leg.Ring > 0 || leg.Abandoned == AbandonedFlag.Yes || Worked(leg);

    private static long Round(long milliseconds) => (long)Math.Round(milliseconds / 1000m, MidpointRounding.AwayFromZero);

    private void Sum(string queue, CallLeg at, string column, long value)
    {
        var start = Instant.FromUnixTimeSeconds(at.Start.ToUnixTimeSeconds() / 900 * 900);
        if (!intervals.TryGetValue((queue, start), out var columns))
        {
            intervals[(queue, start)] = columns = [];
        }

        columns[column] = columns.GetValueOrDefault(column) + value;
    }
}
