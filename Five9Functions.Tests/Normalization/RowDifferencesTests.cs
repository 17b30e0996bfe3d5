using Five9Functions.Five9.Reports;
using Five9Functions.Normalization;
using Five9Functions.Runs;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Normalization;

public sealed class RowDifferencesTests
{
    private static readonly ReportRow[] Some = [Row("anna", "10:00", "11:00"), Row("anna", "11:00", "12:00"), Row("ben", "10:00", "11:00")];

    [Test]
    public async Task Count_TheSame_IsNothing() => Assert.That(await CountAsync(Some, Some), Is.EqualTo(new ChangeCounts(0, 0, 0)));

    [Test]
    public async Task Count_AllNew_OrAllGone()
    {
        Assert.That(await CountAsync([], Some), Is.EqualTo(new ChangeCounts(3, 0, 0)));
        Assert.That(await CountAsync(Some, []), Is.EqualTo(new ChangeCounts(0, 0, 3)));
    }

    [Test]
    public async Task Count_AnotherEndOrValue_IsAChange_AndAnotherStartIsNot() => Assert.That(
        await CountAsync(Some, [Row("anna", "10:00", "11:00", "On Call"), Row("anna", "11:00:01", "12:00"), Row("ben", "10:00", "11:30")]),
        Is.EqualTo(new ChangeCounts(1, 2, 1)));

    [Test]
    public async Task Count_SeveralOfOneAgentAndStart_AreToldApartByWhatTheySay() => Assert.That(
        await CountAsync(
            [Row("anna", "10:00", "10:00", "A"), Row("anna", "10:00", "10:00", "B"), Row("anna", "10:00", "10:00", "C"), Row("ben", "10:00", null, "A"), Row("ben", "10:00", null, "A")],
            [Row("anna", "10:00", "10:00", "B"), Row("anna", "10:00", "10:00", "D"), Row("ben", "10:00", null, "A")]),
        Is.EqualTo(new ChangeCounts(0, 1, 2)));

    private static Task<ChangeCounts> CountAsync(IEnumerable<ReportRow> before, IEnumerable<ReportRow> after) =>
        RowDifferences.CountAsync(before.ToAsyncEnumerable(), after.ToAsyncEnumerable(), CancellationToken.None);
}
