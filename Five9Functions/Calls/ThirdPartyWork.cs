namespace Five9Functions.Calls;

/// <summary>
/// Where the work of an agent goes who was on nothing but a third-party leg of the call. Of an agent who was on another leg too, that
/// leg tells it already. Work goes to the contact of its queue, else to the outbound call, else it is other handle time.
/// </summary>
/// <remarks>
/// Only an answered contact takes it, and if its own queue has none, another one of the call does: the nearest earlier, else the next.
/// So handle time never stands without an answer, and what is handled is the same by campaign and by skill.
/// </remarks>
internal readonly record struct ThirdPartyWork(MeasuredLeg At, IntervalFigures Figures)
{
    /// <summary>Gives contacts their work, and returns what goes elsewhere.</summary>
    /// <param name="contactOf">The contact of each leg by its place; the third-party legs that a contact takes are added.</param>
    public static IReadOnlyList<ThirdPartyWork> Of(List<MeasuredLeg> legs, Contact?[] contactOf)
    {
        if (!legs.Exists(IsOfThirdParty))
        {
            return [];
        }

        var legsOfAgent = legs.CountBy(leg => leg.Leg.Agent).ToDictionary();
        var answered = new Dictionary<string, Contact>();
        foreach (var contact in contactOf)
        {
            if (contact is { IsAnswered: true })
            {
                answered[contact.Queue] = contact;
            }
        }

        var nearestAnswer = Nearest(legs, leg => leg.MakesContact && leg.Worked);
        var nearestOutbound = Nearest(legs, leg => leg.Leg.Type == CallType.Outbound && leg.Worked);
        var elsewhere = new List<ThirdPartyWork>();
        foreach (var leg in legs.Where(leg => IsOfThirdParty(leg) && legsOfAgent[leg.Leg.Agent] == 1))
        {
            var seconds = leg.Work.HandleSeconds;
            if (nearestAnswer[leg.Index] is { } answer)
            {
                var contact = answered.GetValueOrDefault(leg.Queue) ?? answered[answer.Queue];
                contact.AddWork(leg);
                contactOf[leg.Index] = contact;
            }
            else if (nearestOutbound[leg.Index] is { } outbound)
            {
                elsewhere.Add(new(outbound, new IntervalFigures { OutboundHandleSeconds = seconds }));
            }
            else
            {
                elsewhere.Add(new(leg, new IntervalFigures { OtherHandleSeconds = seconds }));
            }
        }

        return elsewhere;
    }

    private static bool IsOfThirdParty(MeasuredLeg leg) => leg.Leg.Type == CallType.ThirdParty && leg.Worked;

    /// <summary>For each place the nearest earlier leg that is one, else the next; all null when none is.</summary>
    private static MeasuredLeg?[] Nearest(List<MeasuredLeg> legs, Predicate<MeasuredLeg> isOne)
    {
        var nearest = new MeasuredLeg?[legs.Count];
        var last = legs.Find(isOne);
        foreach (var leg in legs)
        {
            nearest[leg.Index] = last = isOne(leg) ? leg : last;
        }

        return nearest;
    }
}
