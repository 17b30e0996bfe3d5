using Five9Functions.Calls;
using NodaTime;

namespace Five9Functions.Tests.Calls;

/// <summary>Instants are hours of 21 August 2026, in UTC.</summary>
public sealed class QueueCatalogueTests
{
    [Test]
    public void WhatCallsName_IsTheSameInAnyOrder_AndTwice()
    {
        QueueSighting[][] days = [[Seen("A", 9, 12), Seen("B", 10, 10)], [Seen("A", 3, 5)], [Seen("A", 11, 20)]];

        var forwards = days.Aggregate(QueueCatalogue.Empty, (known, day) => known.See(day));
        var backwards = days.Concat(days).Reverse().Aggregate(QueueCatalogue.Empty, (known, day) => known.See(day));

        Assert.That(Text(forwards), Is.EqualTo(new[] { "A 3-20 active", "B 10-10 active" }));
        Assert.That(Text(backwards), Is.EqualTo(Text(forwards)));
    }

    [Test]
    public void WhatFive9Lists_IsThereBeforeItsFirstCall()
    {
        var known = QueueCatalogue.Empty.List(["B", "A"], At(8)).See([Seen("A", 9, 10)]);

        Assert.That(Text(known), Is.EqualTo(new[] { "A 9-10 listed active", "B - listed active" }));
        Assert.That(known.ListedAt, Is.EqualTo(At(8)));
    }

    [Test]
    public void WhatFive9NoLongerLists_IsGoneSince_AndNotForgotten()
    {
        var known = QueueCatalogue.Empty.List(["A", "B"], At(1)).See([Seen("B", 2, 3)]).List(["A"], At(8)).List(["A"], At(9));

        Assert.That(Text(known), Is.EqualTo(new[] { "A - listed active", "B 2-3 gone since 8" }));
        Assert.That(Text(known.List(["A", "B"], At(10))), Is.EqualTo(new[] { "A - listed active", "B 2-3 listed active" }), "it is back");
    }

    [Test]
    public void AQueueThatFive9NeverListed_IsGoneUnlessACallCameSince()
    {
        var known = QueueCatalogue.Empty.List(["A"], At(8));

        Assert.That(Text(known.See([Seen("Old", 2, 3)])), Is.EqualTo(new[] { "A - listed active", "Old 2-3 gone since 8" }));
        Assert.That(Text(known.See([Seen("New", 2, 9)])), Is.EqualTo(new[] { "A - listed active", "New 2-9 active" }));
        Assert.That(Text(known.See([Seen("New", 2, 3)]).See([Seen("New", 9, 9)])), Is.EqualTo(new[] { "A - listed active", "New 2-9 active" }));
        Assert.That(Text(known.See([Seen("New", 9, 9)]).See([Seen("New", 2, 3)])), Is.EqualTo(new[] { "A - listed active", "New 2-9 active" }));
    }

    [Test]
    public void WhatStandsForNone_IsNeverListed_AndNeverGone()
    {
        var known = QueueCatalogue.Empty.See([Seen("(no skill)", 1, 2), Seen("(deleted)", 1, 2)]).List(["A"], At(8)).See([Seen("(no campaign)", 1, 2)]);

        Assert.That(Text(known), Is.EqualTo(new[] { "(deleted) 1-2 active", "(no campaign) 1-2 active", "(no skill) 1-2 active", "A - listed active" }));
    }

    [Test]
    public void AnEmptyAnswer_IsNotBelievedWhereQueuesWereListed()
    {
        var known = QueueCatalogue.Empty.List(["A"], At(1)).List([], At(8));

        Assert.That(Text(known), Is.EqualTo(new[] { "A - listed active" }));
        Assert.That(known.ListedAt, Is.EqualTo(At(8)));
    }

    private static Instant At(int hour) => Instant.FromUtc(2026, 8, 21, hour, 0);

    private static QueueSighting Seen(string queue, int first, int last) => new(queue, At(first), At(last));

    private static string[] Text(QueueCatalogue catalogue) => [.. catalogue.Queues.Select(queue =>
        $"{queue.Queue} {(queue.FirstSeen is { } first && queue.LastSeen is { } last ? $"{first.InUtc().Hour}-{last.InUtc().Hour}" : "-")}"
        + $"{(queue.Listed ? " listed" : "")} {(queue.GoneSince is { } gone ? $"gone since {gone.InUtc().Hour}" : "active")}")];
}
