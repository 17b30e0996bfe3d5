using System.Diagnostics;
using Five9Functions.Telemetry;

namespace Five9Functions.Tests.Telemetry;

public sealed class TracesTests
{
    private const string Ours = "00-67f03abfc8a7bd1e3dfc6d7dca7ea9ba-1f9d6b3a5c7e8f01-01";
    private const string Others = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Test]
    public void ARunHasOneTrace_WhoeverWorksOnIt()
    {
        var context = Traces.OfRun("acme", "2516086475949999999");

        // The first 16 and the next 8 bytes of: printf 'acme\n2516086475949999999' | sha256sum
        Assert.That((context.TraceId.ToHexString(), context.SpanId.ToHexString(), context.TraceFlags), Is.EqualTo(("e1f122cd1514aeb36a128098bef59507", "1a361394f9d36dcc", ActivityTraceFlags.Recorded)));
        Assert.That(Traces.OfRun("acme2", "516086475949999999").TraceId, Is.Not.EqualTo(context.TraceId));
    }

    [TestCase(null, "run")]
    [TestCase("", "run")]
    [TestCase("nonsense", "run")]
    [TestCase(Others, "run", TestName = "of another trace: a tick that sent a lost message again")]
    [TestCase(Ours, "sender")]
    public void AMessage_BelongsToItsRun_WhateverItCarries(string? carried, string expected)
    {
        var run = new ActivityContext(ActivityTraceId.CreateFromString(Ours.AsSpan(3, 32)), ActivitySpanId.CreateFromString("00f067aa0ba902b7"), ActivityTraceFlags.Recorded, isRemote: true);

        var parent = Traces.Parent(carried, run);

        Assert.That(parent.TraceId, Is.EqualTo(run.TraceId));
        Assert.That(parent.SpanId.ToHexString(), Is.EqualTo(expected == "run" ? "00f067aa0ba902b7" : "1f9d6b3a5c7e8f01"));
    }

    [Test]
    public void AMessageOfNoRun_GoesOnWhereItWasSent()
    {
        Assert.That(Traces.Parent(Others, trace: null).SpanId.ToHexString(), Is.EqualTo("b7ad6b7169203331"));
        Assert.That(Traces.Parent("nonsense", trace: null), Is.EqualTo(default(ActivityContext)));
    }
}
