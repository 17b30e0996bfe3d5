namespace Five9Functions.Calls;

/// <summary>The queue of each leg of a call: its own campaign or skill, else that of the nearest earlier leg, else of the next one that has any.</summary>
public static class QueueNames
{
    public const string NoCampaign = "(no campaign)";
    public const string NoSkill = "(no skill)";
    public const string Deleted = "(deleted)";

    /// <param name="legs">In <see cref="LegOrder"/>.</param>
    internal static string[] Of(List<CallLeg> legs, QueueGrouping grouping)
    {
        var queues = legs.ConvertAll(leg => Own(leg, grouping)).ToArray();
        var queue = Array.Find(queues, name => name is not null) ?? (grouping == QueueGrouping.Skill ? NoSkill : NoCampaign);
        var filled = new string[queues.Length];
        for (var i = 0; i < queues.Length; i++)
        {
            filled[i] = queue = queues[i] ?? queue;
        }

        return filled;
    }

    private static string? Own(CallLeg leg, QueueGrouping grouping) => (grouping == QueueGrouping.Skill ? leg.Skill : leg.Campaign) switch
    {
        "" => null,
        CallLeg.Deleted => Deleted,
        var name => name,
    };
}
