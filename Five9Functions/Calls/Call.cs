namespace Five9Functions.Calls;

/// <summary>The legs of one call put together: its contacts, what became of each leg, and the figures that it adds. docs/calls.md.</summary>
internal sealed class Call
{
    private readonly List<MeasuredLeg> _legs;
    private readonly Contact?[] _contactOf;
    private readonly List<Contact> _contacts;
    private readonly CallRules _rules;
    private readonly IReadOnlyList<ThirdPartyWork> _thirdParties;

    // Whether any leg reached a queue: then no leg of it was in the IVR only.
    private readonly bool _queued;

    /// <param name="legs">Of one CALL ID, without twins, in <see cref="LegOrder"/>.</param>
    public Call(List<CallLeg> legs, CallRules rules)
    {
        _rules = rules;
        var queues = QueueNames.Of(legs, rules.Grouping);
        _legs = [.. legs.Select((leg, i) => new MeasuredLeg(leg, i, queues[i], rules))];
        _contactOf = new Contact?[legs.Count];
        _contacts = ContactsByArrival();
        _thirdParties = ThirdPartyWork.Of(_legs, _contactOf);
        _queued = _legs.Exists(leg => leg.Queued);
    }

    public IReadOnlyList<MeasuredLeg> Legs => _legs;

    public ClassifiedLeg Classified(MeasuredLeg leg) =>
        new(leg.Leg, ClassOf(leg), leg.Queue, _contactOf[leg.Index] is { } contact ? $"{leg.Leg.CallId}/{contact.Number}" : "");

    /// <summary>What the call adds to the figures: to which queue, and at which leg's interval.</summary>
    public IEnumerable<(MeasuredLeg At, string Queue, IntervalFigures Figures)> Figures()
    {
        foreach (var contact in _contacts)
        {
            yield return (contact.Arrival, contact.Queue, contact.Figures(_legs.Count - 1, _rules.ThresholdsOf(contact.Queue)));
        }

        if (!_queued && _legs.Find(leg => leg.Leg.Type == CallType.Inbound) is { } first)
        {
            yield return (first, first.Queue, new IntervalFigures { IvrOnly = 1 });
        }

        foreach (var work in _thirdParties)
        {
            yield return (work.At, work.At.Queue, work.Figures);
        }

        foreach (var leg in _legs)
        {
            if (OwnFigures(leg) is var figures && figures != default)
            {
                yield return (leg, leg.Queue, figures);
            }
        }
    }

    private List<Contact> ContactsByArrival()
    {
        var contacts = new Dictionary<string, Contact>();
        foreach (var leg in _legs.Where(leg => leg.MakesContact))
        {
            if (!contacts.TryGetValue(leg.Queue, out var contact))
            {
                contacts[leg.Queue] = contact = new Contact(leg.Queue);
            }

            contact.Add(leg);
            _contactOf[leg.Index] = contact;
        }

        List<Contact> ordered = [.. contacts.Values.OrderBy(contact => contact.Arrival.Index)];
        for (var i = 0; i < ordered.Count; i++)
        {
            ordered[i].Number = i + 1;
        }

        return ordered;
    }

    private LegClass ClassOf(MeasuredLeg leg) => leg.Leg.Type switch
    {
        CallType.Inbound => _queued ? LegClass.ContactLeg : LegClass.IvrOnly,
        CallType.QueueCallback => leg.Worked ? LegClass.ContactLeg : LegClass.CallbackAttempt,
        CallType.InboundVoicemail => LegClass.Voicemail,
        CallType.ThirdParty => LegClass.ThirdParty,
        CallType.Outbound => leg.Worked ? LegClass.Outbound : LegClass.Attempt,
        CallType.Internal => LegClass.Internal,
        _ => LegClass.Unclassified,
    };

    private static IntervalFigures OwnFigures(MeasuredLeg leg) => leg.Leg.Type switch
    {
        CallType.InboundVoicemail => new IntervalFigures { OtherHandleSeconds = leg.Work.HandleSeconds },
        CallType.Outbound when leg.Worked => new IntervalFigures { Outbound = 1, OutboundHandleSeconds = leg.Work.HandleSeconds },
        CallType.Outbound => new IntervalFigures { OutboundAttempts = 1 },
        _ => default,
    };
}
