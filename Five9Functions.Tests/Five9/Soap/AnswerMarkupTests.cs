using System.Buffers;
using Five9Functions.Five9.Soap;

namespace Five9Functions.Tests.Five9.Soap;

/// <summary>What the XML reader gets of an answer, and what is refused before it. Each text is taken as a whole and character by character.</summary>
public sealed class AnswerMarkupTests
{
    [TestCase("<a b=\"1\" c='2'>text &amp; &#65; more</a>", Description = "An ordinary element.")]
    [TestCase("<a b=\"x>y\"><c d='\"/>'/></a>", Description = "Brackets, quotes and slashes in values.")]
    [TestCase("<?xml version=\"1.0\"?><!-- a > b -- c ---><a><?p i>i?></a>", Description = "Instructions and comments.")]
    [TestCase("<!DOCTYPE a><a/>", Description = "The XML reader refuses it.")]
    [TestCase("<![CDAT><a/>", Description = "The XML reader refuses it.")]
    [TestCase("<a>&#1;&#xFFFF;&nbsp;</a>", Description = "References stay references.")]
    [TestCase("<a>\t\r\n\u007F\u0085\uFFFD\uD83D\uDE00</a>", Description = "Characters that XML allows.")]
    public void WhatXmlAllows_IsHandedOnAsItIs(string text) => Assert.That(Taken(text), Is.EqualTo(text));

    [Test]
    public void EachCharacterThatXmlForbids_IsReplaced_InTextAndInValues()
    {
        foreach (var c in Enumerable.Range(0, 0x20).Select(n => (char)n).Except(['\t', '\n', '\r']).Concat(['\uFFFE', '\uFFFF']))
        {
            Assert.That(Taken($"<a b=\"1{c}2\">x{c}y<![CDATA[{c}]]></a>"), Is.EqualTo("<a b=\"1\uFFFD2\">x\uFFFDy\uFFFD</a>"), $"U+{(int)c:X4}");
        }
    }

    [TestCase("<a><![CDATA[1 < 2 & 3 > 2]]></a>", "<a>1 &lt; 2 &amp; 3 &gt; 2</a>")]
    [TestCase("<a><![CDATA[]]></a>", "<a></a>")]
    [TestCase("<a><![CDATA[[x]] ]]]]></a>", "<a>[x]] ]]</a>")]
    [TestCase("<a>1<![CDATA[<b>]]>2</a>", "<a>1&lt;b&gt;2</a>")]
    public void ACDataSection_BecomesText(string text, string taken) => Assert.That(Taken(text), Is.EqualTo(taken));

    private static IEnumerable<TestCaseData> TooLarge()
    {
        yield return Case("<a ", "x='1' ", 70, "a tag with over 64 attributes");
        yield return Case("<a x='", "y", 5_000, "an attribute of over 4096 characters");
        yield return Case("<", "x", 300, "a name of over 256 characters");
        yield return Case("<a ", "x", 300, "a name of over 256 characters");
        yield return Case("</", "x", 300, "a name of over 256 characters");
        yield return Case("<a", " ", 20_000, "a tag or comment of over 16384 characters");
        yield return Case("<a><!--", "x", 20_000, "a tag or comment of over 16384 characters");
        yield return Case("<a><?p ", "x", 20_000, "a tag or comment of over 16384 characters");
        yield return Case("<!DOCTYPE ", "x", 20_000, "a tag or comment of over 16384 characters");
        yield return Case("<a>&", "x", 40, "a reference of over 32 characters");
        yield return Case("<a>&#", "0", 40, "a reference of over 32 characters");
        yield return Case("", " ", 20_000, "text outside its envelope of over 16384 characters");
        yield return Case("<a/>", "\n", 20_000, "text outside its envelope of over 16384 characters");
        yield return Case("", "<a>", 40, "nesting of over 32 levels");
        yield return Case("<a>", "<b/>", 1_000_001, "a list of over 1000000 elements and attributes");
        yield return Case("<a>", "0123456789ABCDEF", (2 * 1024 * 1024) + 1, "text of over 33554432 characters");
        yield return Case("<a><![CDATA[", "0123456789ABCDEF", (2 * 1024 * 1024) + 1, "text of over 33554432 characters");

        static TestCaseData Case(string start, string part, int times, string refusal) => new TestCaseData(start, part, times, refusal).SetArgDisplayNames($"{start} and {times} times '{part}'");
    }

    [TestCaseSource(nameof(TooLarge))]
    public void WhatIsLargerThanAnyAnswer_IsRefused(string start, string part, int times, string refusal)
    {
        var markup = new AnswerMarkup();
        var to = new ArrayBufferWriter<char>();
        markup.Take(start, to);
        for (var i = 0; i < times && markup.Refusal is null; i++)
        {
            to.ResetWrittenCount();
            markup.Take(part, to);
        }

        Assert.That(markup.Refusal, Is.EqualTo(refusal));
    }

    [Test]
    public void TheTextOfAResult_HasNoLimit_ButWhatIsAroundItHas()
    {
        var markup = new AnswerMarkup();
        var to = new ArrayBufferWriter<char>();
        markup.Take("<a>", to);
        markup.InResult = true;
        for (var i = 0; i < 5 * 1024 * 1024; i++)
        {
            to.ResetWrittenCount();
            markup.Take("0123456789&amp;\n", to);
        }

        Assert.That(markup.Refusal, Is.Null, "80 million characters");
        for (var i = 0; i < 2 * 1024 * 1024 && markup.Refusal is null; i++)
        {
            to.ResetWrittenCount();
            markup.Take("<!--0123456789-->", to);
        }

        Assert.That(markup.Refusal, Is.EqualTo("text of over 33554432 characters"));
    }

    [Test]
    public void NothingBehindWhatIsTooLarge_IsHandedOn()
    {
        var markup = new AnswerMarkup();
        var to = new ArrayBufferWriter<char>();

        markup.Take($"<a>before<{new string('x', 300)}>behind</a>", to);

        Assert.That(to.WrittenSpan.ToString(), Does.StartWith("<a>before<xxx").And.Not.Contains("behind"));
    }

    private static string Taken(string text)
    {
        var whole = Taken(text, text.Length);
        Assert.That(Taken(text, 1), Is.EqualTo(whole), "character by character");
        return whole;
    }

    private static string Taken(string text, int length)
    {
        var markup = new AnswerMarkup();
        var to = new ArrayBufferWriter<char>();
        foreach (var part in text.Chunk(length))
        {
            markup.Take(part, to);
        }

        Assert.That(markup.Refusal, Is.Null);
        return to.WrittenSpan.ToString();
    }
}
