using Five9Functions.Integrations;

namespace Five9Functions.Tests.Integrations;

public sealed class IntegrationSlugTests
{
    [TestCase("Acme West", "acme-west")]
    [TestCase("  Acme -- (West) 2!  ", "acme-west-2")]
    [TestCase("24/7 Support", "integration-24-7-support")]
    [TestCase("日本", "integration")]
    [TestCase("", "integration")]
    [TestCase("A name that is much longer than any id may be", "a-name-that-is-much-longer-than-any")]
    [TestCase("1 name that is much longer than any id may be", "integration-1-name-that-is-much-long")]
    public void Of_AName_IsAnId_AndWithNumbersTheNextOnes(string name, string id)
    {
        Assert.That(IntegrationSlug.Of(name).Take(3), Is.EqualTo(new[] { id, $"{id}-2", $"{id}-3" }));
        Assert.That(IntegrationSlug.Of(name).All(IntegrationSettings.IsId), Is.True);
    }
}
