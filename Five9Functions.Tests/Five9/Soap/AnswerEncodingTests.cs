using System.Net;
using System.Text;
using Five9Functions.Five9;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

/// <summary>An answer is read in the encoding that it declares: by its first bytes, by its Content-Type, or in its XML declaration.</summary>
public sealed class AnswerEncodingTests
{
    private const string Names = "Zoë Müller – €uro Łódź 東京 😀";

    [TestCase("utf-8", "text/xml;charset=utf-8", "")]
    [TestCase("utf-8", "text/xml; charset=\"UTF-8\"", "")]
    [TestCase("utf-8", "text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")]
    [TestCase("utf-8", "text/xml", "<?xml version='1.0'?>")]
    [TestCase("utf-8", "text/xml", "")]
    [TestCase("utf-8", "text/xml; charset=us-ascii", "<?xml version=\"1.0\"?>", Description = "Which is a part of UTF-8.")]
    [TestCase("utf-8", "text/xml", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", Description = "Which it cannot be: an error of servers that write it into a string first.")]
    [TestCase("utf-8", "text/xml; charset=utf-16", "<?xml version=\"1.0\"?>")]
    [TestCase("utf-16", "text/xml; charset=utf-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")]
    [TestCase("utf-16", "text/xml", "")]
    [TestCase("utf-16", "text/xml; charset=utf-8", "<?xml version=\"1.0\"?>", Description = "Its first bytes say what it is.")]
    [TestCase("utf-16BE", "text/xml; charset=utf-16be", "<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [TestCase("utf-16BE", "text/xml", "<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    public async Task Unicode_IsReadWhole(string encoding, string contentType, string declaration)
    {
        foreach (var mark in new[] { "", "\uFEFF" })
        {
            Assert.That(await NameAsync(Encoding.GetEncoding(encoding), contentType, mark + declaration, Names), Is.EqualTo(Names), mark);
        }
    }

    [TestCase("text/xml; charset=ISO-8859-1", "<?xml version=\"1.0\"?>")]
    [TestCase("text/xml; charset=iso-8859-1", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", Description = "The Content-Type comes first.")]
    [TestCase("text/xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")]
    [TestCase("text/xml", "<?xml version='1.0' encoding='latin1' standalone='yes'?>\n")]
    public async Task Latin1_IsRead(string contentType, string declaration) =>
        Assert.That(await NameAsync(Encoding.Latin1, contentType, declaration, "Zoë Müller ©"), Is.EqualTo("Zoë Müller ©"));

    [TestCase("text/xml; charset=windows-1252", "")]
    [TestCase("text/xml", "<?xml version=\"1.0\" encoding=\"Windows-1252\" ?>")]
    public async Task Windows1252_IsRead(string contentType, string declaration) =>
        Assert.That(await NameAsync(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, contentType, declaration, "Zoë – “€”"), Is.EqualTo("Zoë – “€”"));

    [Test]
    public async Task AnotherCodePage_IsReadToo() =>
        Assert.That(await NameAsync(CodePagesEncodingProvider.Instance.GetEncoding(1250)!, "text/xml; charset=windows-1250", "", "Łódź"), Is.EqualTo("Łódź"));

    [TestCase("text/xml; charset=klingon-8", "", "text/xml, text in klingon-8, an encoding that is not known here")]
    [TestCase("text/xml; charset=utf-7", "", "text/xml, text in utf-7, an encoding that is not known here")]
    [TestCase("text/xml", "<?xml version=\"1.0\" encoding=\"x-klingon\"?>", "text/xml, text in x-klingon, an encoding that is not known here")]
    public void AnEncodingThatIsNotKnown_IsNamed(string contentType, string declaration, string what) => Assert.That(
        () => NameAsync(Encoding.ASCII, contentType, declaration, "Zoe"),
        Throws.TypeOf<Five9TransientException>().With.Message.EqualTo(
            $"Five9 at api.five9.test answered getSkills with HTTP 200 ({what}). If it stays so, see what answers in Five9's place: a proxy, a login page, an announcement of maintenance."));

    [Test]
    public async Task ALoneSurrogate_IsACharacterThatDidNotArrive()
    {
        byte[] bytes = [.. Encoding.Unicode.GetBytes(Response("getSkills", "<return><name>a").Split("</ns2")[0]), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("b</name></return></ns2:getSkillsResponse></env:Body></env:Envelope>")];
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, new MemoryStream(bytes));

        Assert.That(await five9.Client().GetSkillsAsync(Login, CancellationToken.None), Is.EqualTo(new[] { "a\uFFFDb" }));
    }

    [Test]
    public async Task AnAnswerThatComesByteByByte_IsReadTheSame()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + Body("Zoë"));
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, new ByteByByte(bytes)) { ContentType = "text/xml" };

        Assert.That(await five9.Client().GetSkillsAsync(Login, CancellationToken.None), Is.EqualTo(new[] { "Zoë" }));
    }

    private static string Body(string name) => Response("getSkills", $"<return><name>{name}</name></return>") is var answer ? answer[(answer.IndexOf("?>", StringComparison.Ordinal) + 2)..] : "";

    private static async Task<string> NameAsync(Encoding encoding, string contentType, string declaration, string name)
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, new MemoryStream(encoding.GetBytes(declaration + Body(name)))) { ContentType = contentType };
        return (await five9.Client().GetSkillsAsync(Login, CancellationToken.None)).Single();
    }

    private sealed class ByteByByte(byte[] bytes) : ForwardStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == bytes.Length)
            {
                return ValueTask.FromResult(0);
            }

            buffer.Span[0] = bytes[_at++];
            return ValueTask.FromResult(1);
        }
    }
}
