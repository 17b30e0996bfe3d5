using Five9Functions.Calls;

namespace Five9Functions.LocalHost.Import;

/// <summary>A call type that is not known.</summary>
/// <param name="Name">As the file spells it; empty for none.</param>
/// <param name="WorkSeconds">What agents worked on its legs.</param>
internal sealed record UnknownCallType(string Name, int Legs, long WorkSeconds);

/// <summary>Adds up, over all days of a file, the legs of call types that are not known, with the work that is in no figure.</summary>
internal sealed class UnknownCallTypes
{
    private readonly Dictionary<string, UnknownCallType> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those with the most work first.</summary>
    public IReadOnlyList<UnknownCallType> Types =>
        [.. _types.Values.OrderByDescending(type => type.WorkSeconds).ThenByDescending(type => type.Legs).ThenBy(type => type.Name, StringComparer.Ordinal)];

    public void Add(ClassifiedLeg leg, CallRules rules)
    {
        if (leg.Class == LegClass.Unclassified)
        {
            var known = _types.GetValueOrDefault(leg.Leg.TypeName) ?? new UnknownCallType(leg.Leg.TypeName, 0, 0);
            var work = new MeasuredLeg(leg.Leg, 0, leg.Queue, rules).Work.HandleSeconds;
            _types[known.Name] = known with { Legs = known.Legs + 1, WorkSeconds = known.WorkSeconds + work };
        }
    }
}
