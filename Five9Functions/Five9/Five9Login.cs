namespace Five9Functions.Five9;

/// <summary>Who calls Five9, and where. Never prints its password.</summary>
/// <param name="Host">The base address of the data centre, such as https://api.five9.com/.</param>
public sealed record Five9Login(Uri Host, string UserName, string Password)
{
    public override string ToString() => $"{UserName} at {Host.Host}";
}
