using Five9Functions.Five9.Csv;
using Five9Functions.Tests.Five9.Reports;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.Five9.Csv;

public sealed class ReportTimeTests
{
    [TestCase("2026/08/21", "09:00:12")]
    [TestCase(" 2026/08/21 ", "\t09:00:12 ")]
    public void DateAndTime_AsFive9WritesThem(string date, string time)
    {
        Assert.That(ReportTime.TryParse(date, time, null, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(new LocalDateTime(2026, 8, 21, 9, 0, 12))));
    }

    [TestCase("2026-08-21", "09:00:12", "2026-08-21T09:00:12")]
    [TestCase("2026.08.21", "09:00:12", "2026-08-21T09:00:12")]
    [TestCase("2026/8/1", "09:00:12", "2026-08-01T09:00:12")]
    [TestCase("2026-8-1", "9:00:12", "2026-08-01T09:00:12")]
    [TestCase("Fri, 21 Aug 2026", "09:00:12", "2026-08-21T09:00:12")]
    [TestCase("2026/08/21", "09:00:12.5", "2026-08-21T09:00:12")]
    [TestCase("2026/08/21", "09:00:12,999", "2026-08-21T09:00:12")]
    [TestCase("2026/08/21", "07:59:00 AM", "2026-08-21T07:59:00")]
    [TestCase("2026/08/21", "7:59:00 pm", "2026-08-21T19:59:00")]
    [TestCase("2026/08/21", "7:59:00PM", "2026-08-21T19:59:00")]
    [TestCase("2026/08/21", "7:59:00.25 PM", "2026-08-21T19:59:00")]
    [TestCase("2026/08/21", "7:59:00\u202FPM", "2026-08-21T19:59:00")]
    [TestCase("2026/08/21", "7:59:00 p.m.", "2026-08-21T19:59:00")]
    [TestCase("2026/08/21", "7:59:00 a. m.", "2026-08-21T07:59:00")]
    [TestCase("2026/08/21", "12:00:00 AM", "2026-08-21T00:00:00")]
    [TestCase("2026/08/21", "12:30:01 PM", "2026-08-21T12:30:01")]
    [TestCase("2026/08/21", "1:00:00 AM", "2026-08-21T01:00:00")]
    [TestCase("2026/08/21", "23:59:59", "2026-08-21T23:59:59")]
    public void DateAndTime_AsOthersWriteThem(string date, string time, string local)
    {
        Assert.That(ReportTime.TryParse(date, time, null, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(LocalDateTimePattern.GeneralIso.Parse(local).Value)));
    }

    [TestCase("", "09:00:12")]
    [TestCase("2026/08/21", "")]
    [TestCase("08/21/2026", "09:00:12")]
    [TestCase("21.08.2026", "09:00:12")]
    [TestCase("11/2/2026", "09:00:12")]
    [TestCase("11/2/26", "09:00:12")]
    [TestCase("26/11/02", "09:00:12")]
    [TestCase("2026/08-21", "09:00:12")]
    [TestCase("2026 08 21", "09:00:12")]
    [TestCase("20260821", "09:00:12")]
    [TestCase("2026/008/21", "09:00:12")]
    [TestCase("21 Aug 2026", "09:00:12")]
    [TestCase("46255", "09:00:12")]
    [TestCase("2026-08-21 00:00:00", "09:00:12")]
    [TestCase("2026/02/29", "09:00:12")]
    [TestCase("2026/04/31", "09:00:12")]
    [TestCase("2026/13/01", "09:00:12")]
    [TestCase("2026/00/01", "09:00:12")]
    [TestCase("2026/01/00", "09:00:12")]
    [TestCase("0000/01/01", "09:00:12")]
    [TestCase("0001/01/01", "09:00:12")]
    [TestCase("1899/12/31", "09:00:12")]
    [TestCase("9001/01/01", "09:00:12")]
    [TestCase("9999/12/31", "23:59:59")]
    [TestCase("2026/08/21", "24:00:00")]
    [TestCase("2026/08/21", "09:60:00")]
    [TestCase("2026/08/21", "09:00:60")]
    [TestCase("2026/08/21", "09:00")] // a spreadsheet has cut the seconds off
    [TestCase("2026/08/21", "9:00 AM")]
    [TestCase("2026/08/21", "009:00:12")]
    [TestCase("2026/08/21", "9:0:12")]
    [TestCase("2026/08/21", "09:00:12.")]
    [TestCase("2026/08/21", "09:00:12 XM")]
    [TestCase("2026/08/21", "09:00:12 P")]
    [TestCase("2026/08/21", "13:00:00 PM")]
    [TestCase("2026/08/21", "13:00:00 AM")]
    [TestCase("2026/08/21", "00:00:00 AM")]
    [TestCase("2026/08/21", "09:00:12 AM AM")]
    [TestCase("2026/08/21", "0.375")]
    [TestCase("2026/08/21", "09 00 12")]
    [TestCase("+026/08/21", "09:00:12")]
    [TestCase("٢٠٢٦/08/21", "09:00:12")]
    [TestCase("2026/08/21", "٠٩:00:12")]
    public void DateAndTime_AnythingElse_IsNoTime(string date, string time)
    {
        Assert.That(ReportTime.TryParse(date, time, null, out _), Is.False);
    }

    [TestCase("Fri, 21 Aug 2026 09:00:12", 2026, 8, 21, 9, 0, 12)]
    [TestCase(" Fri, 21 Aug 2026 09:00:12 ", 2026, 8, 21, 9, 0, 12)]
    [TestCase("FRI, 21 AUG 2026 00:00:00", 2026, 8, 21, 0, 0, 0)]
    [TestCase("Mon, 01 Jan 2024 23:59:59", 2024, 1, 1, 23, 59, 59)]
    [TestCase("Thu, 29 Feb 2024 12:00:00", 2024, 2, 29, 12, 0, 0)]
    [TestCase("Sun, 01 Mar 2026 12:00:00", 2026, 3, 1, 12, 0, 0)]
    [TestCase("Tue, 29 Dec 2026 12:00:00", 2026, 12, 29, 12, 0, 0)]
    [TestCase("Mon, 2 Nov 2026 8:00:00", 2026, 11, 2, 8, 0, 0)]
    [TestCase("Mon, 2 Nov 2026  8:00:00 PM", 2026, 11, 2, 20, 0, 0)]
    [TestCase("2026-08-21T09:00:12", 2026, 8, 21, 9, 0, 12)]
    [TestCase("2026-08-21 09:00:12", 2026, 8, 21, 9, 0, 12)]
    [TestCase("2026/08/21 09:00:12.345678", 2026, 8, 21, 9, 0, 12)]
    [TestCase("2026/8/2 9:00:12 pm", 2026, 8, 2, 21, 0, 12)]
    public void Timestamp_IsRead(string text, int year, int month, int day, int hour, int minute, int second)
    {
        Assert.That(ReportTime.TryParse(text, null, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(new LocalDateTime(year, month, day, hour, minute, second))));
    }

    [TestCase("2026-11-02T16:00:00Z", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-02 16:00:00.5 UTC", "2026-11-02T16:00:00Z")]
    [TestCase("Mon, 02 Nov 2026 16:00:00 GMT", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-02T08:00:00-08:00", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-02T08:00:00-0800", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-02 18:00:00 +02", "2026-11-02T16:00:00Z")]
    [TestCase("2026/11/2 9:30:00 PM +05:30", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-03T06:00:00+14:00", "2026-11-02T16:00:00Z")]
    [TestCase("2026-11-02 08:00:00", "2026-11-02T16:00:00Z")]
    public void Timestamp_WithAnOffset_IsThatInstant_WhateverTheZone(string text, string instant)
    {
        Assert.That(ReportTime.TryParse(text, null, out var reported), Is.True);
        Assert.That(AgentStateReportTests.August21().InstantOf(reported), Is.EqualTo(InstantPattern.General.Parse(instant).Value));
    }

    [Test]
    public void Timestamp_WithAnOffset_InTheHourThatOccursTwice_IsOneOfTheTwo()
    {
        Assert.That(ReportTime.TryParse("2026-11-01T01:30:00-08:00", null, out var reported), Is.True);
        Assert.That(AgentStateReportTests.August21().InstantOf(reported), Is.EqualTo(Instant.FromUtc(2026, 11, 1, 9, 30)));
    }

    [TestCase("")]
    [TestCase("Sat, 21 Aug 2026 09:00:12")] // it was a Friday
    [TestCase("Sat, 1 Aug 2027 09:00:12")]
    [TestCase("Fre, 21 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Okt 2026 09:00:12")]
    [TestCase("Fri, 21 anF 2026 09:00:12")]
    [TestCase("Fri, 1 Aug 2026 09:00:12")] // a Saturday
    [TestCase("Fri, 32 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Aug 2026 09:00:12 PDT")]
    [TestCase("Fri 21 Aug 2026 09:00:12")]
    [TestCase("Fri, 21 Aug 2026 09:00:1x")]
    [TestCase("Fri, 21-Aug-2026 09:00:12")]
    [TestCase("Fri, 21 Aug 26 09:00:12")]
    [TestCase("2026-08-21")]
    [TestCase("2026-08-21T")]
    [TestCase("2026-08-21 09:00")]
    [TestCase("2026-08-2109:00:12")]
    [TestCase("2026-08-21TT09:00:12")]
    [TestCase("2026-08-21t09:00:12")]
    [TestCase("2026-08-21T09:00:12+2")]
    [TestCase("2026-08-21T09:00:12+2:00")]
    [TestCase("2026-08-21T09:00:12+020")]
    [TestCase("2026-08-21T09:00:12+15:00")]
    [TestCase("2026-08-21T09:00:12+14:30")]
    [TestCase("2026-08-21T09:00:12+02:60")]
    [TestCase("2026-08-21T09:00:12+02:00Z")]
    [TestCase("2026-08-21T09:00:12z")]
    [TestCase("2026-08-21T09:00:12 PST")]
    [TestCase("1787299212")]
    [TestCase("21/08/2026 09:00:12")]
    public void Timestamp_AnythingElse_IsNoTime(string text)
    {
        Assert.That(ReportTime.TryParse(text, null, out _), Is.False);
    }

    [TestCase("11/2/2026 8:00:00", DateOrder.Dmy, 2026, 2, 11)]
    [TestCase("11/2/2026 8:00:00", DateOrder.Mdy, 2026, 11, 2)]
    [TestCase("11-2-2026 8:00:00", DateOrder.Mdy, 2026, 11, 2)]
    [TestCase("11.02.2026 08:00:00", DateOrder.Dmy, 2026, 2, 11)]
    [TestCase("21.08.2026 08:00:00", DateOrder.Dmy, 2026, 8, 21)]
    [TestCase("8/21/2026 8:00:00 AM", DateOrder.Mdy, 2026, 8, 21)]
    [TestCase("2026/2/11 8:00:00", DateOrder.Dmy, 2026, 2, 11)]
    [TestCase("2026/2/11 8:00:00", DateOrder.Mdy, 2026, 2, 11)]
    public void Timestamp_WithAnOrder_IsReadInIt(string text, DateOrder order, int year, int month, int day)
    {
        Assert.That(ReportTime.TryParse(text, order, out var reported), Is.True);
        Assert.That(reported, Is.EqualTo(new ReportedTime(new LocalDateTime(year, month, day, 8, 0, 0))));
    }

    [TestCase("21/8/2026 8:00:00", DateOrder.Mdy)]
    [TestCase("8/21/2026 8:00:00", DateOrder.Dmy)]
    [TestCase("11/2-2026 8:00:00", DateOrder.Dmy)]
    [TestCase("11/2/26 8:00:00", DateOrder.Dmy)]
    public void Timestamp_InTheOtherOrder_IsNoTime(string text, DateOrder order) => Assert.That(ReportTime.TryParse(text, order, out _), Is.False);

    [TestCase("11/2/2026", DateEvidence.InDoubt)]
    [TestCase("11-02-2026", DateEvidence.InDoubt)]
    [TestCase("11.2.2026", DateEvidence.InDoubt)]
    [TestCase("12/12/2026", DateEvidence.None)] // the same day in both orders
    [TestCase("13/2/2026", DateEvidence.DayFirst)]
    [TestCase("2/13/2026", DateEvidence.MonthFirst)]
    [TestCase("30/2/2026", DateEvidence.None)] // no day of any year
    [TestCase("13/13/2026", DateEvidence.None)]
    [TestCase("2026-02-11", DateEvidence.None)]
    [TestCase("Fri, 21 Aug 2026", DateEvidence.None)]
    [TestCase("11/2/26", DateEvidence.None)]
    [TestCase("eleven", DateEvidence.None)]
    [TestCase("", DateEvidence.None)]
    public void EvidenceOf_ADate_SaysWhichOrderItProves(string date, DateEvidence evidence)
    {
        Assert.That(ReportTime.EvidenceOf(date, "8:00:00"), Is.EqualTo(evidence));
        Assert.That(ReportTime.EvidenceOf($"{date} 8:00:00"), Is.EqualTo(evidence));
        Assert.That(ReportTime.EvidenceOf(date, "8:00"), Is.EqualTo(DateEvidence.None), "No order makes a start of it.");
    }

    [Test]
    public void TheSameDayInBothOrders_IsReadWithoutOne()
    {
        Assert.That(ReportTime.TryParse("12/12/2026", "08:00:00", null, out var reported), Is.True);
        Assert.That(reported.Local, Is.EqualTo(new LocalDateTime(2026, 12, 12, 8, 0, 0)));
    }
}
