namespace Five9Functions.Integrations;

/// <summary>What is wrong with one setting of an integration, whoever sent it.</summary>
/// <param name="Setting">The name of a property of <see cref="IntegrationSettings"/>; empty for the id.</param>
/// <param name="Detail">What follows that name in a sentence: <c> is empty.</c> or <c>: 'mars' is neither ...</c></param>
internal readonly record struct SettingProblem(string Setting, string Detail);
