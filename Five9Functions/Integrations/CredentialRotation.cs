namespace Five9Functions.Integrations;

/// <summary>Who changes an integration's password before it expires: docs/credentials.md.</summary>
public enum CredentialRotation
{
    /// <summary>Somebody else, who stores it in the key vault.</summary>
    External,

    /// <summary>The importer, in Five9 and in the key vault.</summary>
    Managed,
}
