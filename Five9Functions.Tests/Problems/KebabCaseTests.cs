using Five9Functions.Problems;
using Five9Functions.Runs;

namespace Five9Functions.Tests.Problems;

/// <summary>The codes are stored and looked up: renaming a member must not change one unnoticed.</summary>
public sealed class KebabCaseTests
{
    [Test]
    public void EveryProblem_HasItsCode() => Assert.That(string.Join(' ', Enum.GetValues<ImportProblem>().Select(p => p.Code())), Is.EqualTo(
        "credential-rejected password-expired secret-missing secret-disabled secret-expired secret-not-yet-valid secret-unreadable secret-of-another-user secret-of-another-host host-not-allowed vault-refused "
        + "zone-unknown report-not-found role-missing request-refused address-wrong header-unreadable column-missing column-repeated record-too-long rows-unreadable date-order-unknown "
        + "too-many-rows-in-a-minute too-many-rows vault-unavailable credential-unproven quota-used-up backfill-share-used user-busy turn-lost five9-unreachable five9-failed call-timed-out too-slow answer-unreadable answer-cut-short result-not-ready report-gone session-lost "
        + "report-timed-out integration-removed integration-paused cancelled given-up not-normalized"));

    [Test]
    public void EveryConcern_HasItsCode() => Assert.That(
        string.Join(' ', Enum.GetValues<SliceConcern>().Select(c => c.Code())), Is.EqualTo("credential-rejected empty-result-not-believed small-result-not-believed unreadable-rows-not-believed column-gone rows-outside-asked report-zone-looks-wrong rows-quarantined characters-lost words-read-as-none words-in-brackets unclassified logins-differ-in-case legs-differ"));

    [Test]
    public void Parse_GivesTheMember() => Assert.That(KebabCase.Parse<ImportProblem>("too-many-rows-in-a-minute"), Is.EqualTo(ImportProblem.TooManyRowsInAMinute));

    [TestCase("")]
    [TestCase("ReportGone")]
    [TestCase("21")]
    public void Parse_NoCode_IsRefused(string code) => Assert.That(() => KebabCase.Parse<ImportProblem>(code), Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{code}' is no ImportProblem."));

    [Test]
    public void AnError_ReadsAsItsSentence_AndTheProblemToLookUp() =>
        Assert.That(new ImportError(ImportProblem.UserBusy, "Another slice calls Five9 as this user.").ToString(), Is.EqualTo("Another slice calls Five9 as this user. (user-busy)"));
}
