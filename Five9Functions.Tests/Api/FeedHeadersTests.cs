using Five9Functions.Api;
using Five9Functions.RealTime;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Tests.Api;

public sealed class FeedHeadersTests
{
    [Test]
    public void AReasonThatIsNoLineOfAscii_IsPercentEncoded() =>
        Assert.That(Reason("Five9 said \"José is\r\n100% out~\"."), Is.EqualTo("Five9 said \"Jos%C3%A9 is%0D%0A100%25 out~\"."));

    [Test]
    public void AReasonThatIsTooLongForAHeader_IsCut() =>
        Assert.That(Reason($"{new string('a', 999)}é and more"), Is.EqualTo($"{new string('a', 999)}%C3%A9..."));

    private static string Reason(string reason)
    {
        var headers = new HeaderDictionary();
        FeedHeaders.Set(headers, new LiveSnapshot(null, LiveFeed.Down, reason, []));
        return headers["Five9-Reason"].ToString();
    }
}
