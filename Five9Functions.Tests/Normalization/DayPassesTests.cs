using Five9Functions.Normalization;

namespace Five9Functions.Tests.Normalization;

public sealed class DayPassesTests
{
    [TestCase(16, 0, "0..16", TestName = "NoRow")]
    [TestCase(16, 20_000, "0..16", TestName = "ASmallDay")]
    [TestCase(16, 20_001, "0..8 8..16", TestName = "OneMore")]
    [TestCase(16, 120_000, "0..2 2..5 5..8 8..10 10..13 13..16", TestName = "ALargeDay")]
    [TestCase(2, 1_000_000, "0..1 1..2", TestName = "FewBuckets")]
    [TestCase(1, 120_000, "0..1", TestName = "OneBucket")]
    public void Of(int buckets, int rows, string passes)
    {
        Assert.That(string.Join(' ', DayPasses.Of(buckets, rows)), Is.EqualTo(passes));
    }
}
