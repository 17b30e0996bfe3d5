using Five9Functions.Calls;
using Five9Functions.LocalHost.Import;
using Five9Functions.Tests.Calls;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class CallSpoolTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calls");

    [TearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(100)]
    public void Merge_IsByStart_CallId_AndTheOrderOfTheCall_HoweverManyAreHeld(int rowsHeld)
    {
        using var spool = new CallSpool(_folder, rowsHeld);
        Add(spool, "10", 0, "09:05:00", "a");
        Add(spool, "10", 1, "09:05:00", "b");
        Add(spool, "9", 1, "09:05:00", "d");
        Add(spool, "9", 0, "09:05:00", "c");
        Add(spool, "9", 2, "09:07:00", "f");
        Add(spool, "8", 11, "09:06:00", "e");

        Assert.That(spool.Count, Is.EqualTo(6));
        Assert.That(spool.Merge().Select(fields => string.Join(',', fields)), Is.EqualTo(new[]
        {
            "a,1,Sales,contactLeg,10/1",
            "b,1,Sales,contactLeg,10/1",
            "c,1,Sales,contactLeg,9/1",
            "d,1,Sales,contactLeg,9/1",
            "e,1,Sales,contactLeg,8/1",
            "f,1,Sales,contactLeg,9/1",
        }));
    }

    private static void Add(CallSpool spool, string call, int place, string time, string value)
    {
        var leg = CallText.Leg($"{time} | Inbound | ann | S-New | call {call} talk 1");
        spool.Add(new ClassifiedLeg(leg, LegClass.ContactLeg, "Sales", $"{call}/1"), place, [value, "1"]);
    }
}
