namespace Five9Functions.Normalization;

/// <summary>The settings of an integration were changed while something was derived by the old ones: do it again by the new ones.</summary>
public sealed class StaleSettingsException(string integration)
    : Exception($"The settings of {integration} for calls were changed while something was derived by the old ones; it is done again by the new ones.");
