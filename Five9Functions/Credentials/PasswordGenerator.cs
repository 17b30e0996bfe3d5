using System.Security.Cryptography;
using Five9Functions.Five9.Soap;

namespace Five9Functions.Credentials;

/// <summary>Makes passwords from a cryptographic generator that meet a domain's policy, and a sensible minimum where it says nothing.</summary>
internal static class PasswordGenerator
{
    private const int MinLength = 20;
    private const int MinOfEach = 2;

    // A policy that asks for more was misread.
    private const int MaxLength = 128;
    private const int MaxOfEach = 32;

    // Without what is mixed up when it is read aloud. Special ones that no form of the way to Five9 escapes.
    private const string Capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lower = "abcdefghijkmnopqrstuvwxyz";
    private const string Digits = "23456789";
    private const string Special = "!#$*-_.@";

    public static string For(PasswordPolicy policy)
    {
        var (capitals, digits, special) = (Of(policy.MinCapitals), Of(policy.MinNumbers), Of(policy.MinSpecial));
        var length = Math.Clamp(policy.MinLength, Math.Max(MinLength, capitals + digits + special + MinOfEach), MaxLength);
        char[] characters =
        [
            .. RandomNumberGenerator.GetItems<char>(Capitals, capitals),
            .. RandomNumberGenerator.GetItems<char>(Digits, digits),
            .. RandomNumberGenerator.GetItems<char>(Special, special),
            .. RandomNumberGenerator.GetItems<char>(Lower, MinOfEach),
            .. RandomNumberGenerator.GetItems<char>(Capitals + Lower + Digits, length - capitals - digits - special - MinOfEach),
        ];
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new string(characters);
    }

    private static int Of(int least) => Math.Clamp(least, MinOfEach, MaxOfEach);
}
