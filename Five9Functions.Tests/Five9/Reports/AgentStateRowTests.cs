using Five9Functions.AgentStates;
using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Tests.Five9.Reports;

public sealed class AgentStateRowTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 8, 21, 16, 0, 12);
    private static readonly Instant AsOf = Instant.FromUtc(2026, 8, 21, 20, 0);
    private static readonly LocalDate Day = new(2026, 8, 21);

    [Test]
    public void ToState_ARowWithEverything()
    {
        var state = ToState(Start + Duration.FromSeconds(225),
            ("CALL ID", " 300000010270761 "), ("AGENT NAME", "Anna A."), ("STATE", "Not Ready"), ("REASON CODE", "Lunch"), ("AGENT", " anna "), ("SKILL", ""));

        Assert.That(state, Is.EqualTo(new ReportedState(
            "anna", "Anna A.", "Not Ready", StateKind.NotReady, "Lunch", "300000010270761", Start, Duration.FromSeconds(225), Day, AsOf,
            "AGENT=anna\u001fAGENT NAME=Anna A.\u001fCALL ID=300000010270761\u001fREASON CODE=Lunch\u001fSTATE=Not Ready")));
    }

    [Test]
    public void ToState_NoneIsNotAName()
    {
        var state = ToState(null, ("STATE", "Ready"), ("REASON CODE", "[None]"), ("CALL ID", "[none]"), ("AGENT NAME", " [None] "));

        Assert.That((state.ReasonCode, state.CallId, state.AgentName, state.Length), Is.EqualTo(("", "", "", (Duration?)null)));
    }

    [Test]
    public void ToState_FirstAndLastName_StandInForTheName()
    {
        Assert.That(ToState(null, ("STATE", "Ready"), ("AGENT LAST NAME", "Berg"), ("AGENT FIRST NAME", "Anna")).AgentName, Is.EqualTo("Anna Berg"));
        Assert.That(ToState(null, ("STATE", "Ready"), ("AGENT LAST NAME", "Berg")).AgentName, Is.EqualTo("Berg"));
        Assert.That(ToState(null, ("STATE", "Ready"), ("AGENT FIRST NAME", "Anna"), ("AGENT LAST NAME", "[None]")).AgentName, Is.EqualTo("Anna"));
    }

    [Test]
    public void ToState_TheOrderOfColumns_ChangesNothing()
    {
        var one = ToState(Start, ("STATE", "Ready"), ("a", "1"), ("B", "2"), ("SKILL", "x"));
        var other = ToState(Start, ("SKILL", "x"), ("B", "2"), ("STATE", "Ready"), ("EXTRA", " "), ("a", "1"));

        Assert.That(other, Is.EqualTo(one));
        Assert.That(one.Canonical, Is.EqualTo("B=2\u001fSKILL=x\u001fSTATE=Ready\u001fa=1"));
    }

    private static ReportedState ToState(Instant? end, params (string Name, string Value)[] values)
    {
        var columns = new ReportColumns([.. values.Select(v => v.Name)]);
        return AgentStateReport.ToState(new ReportRow("anna", Start, end, columns, [.. values.Select(v => v.Value)]), Day, AsOf);
    }
}
