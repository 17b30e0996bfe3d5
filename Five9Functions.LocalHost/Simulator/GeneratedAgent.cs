using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>An agent of the generated contact centre.</summary>
/// <param name="Group">The agent group, and the skill it serves.</param>
/// <param name="ShiftStart">Local time; a late one makes the shift run over midnight.</param>
public sealed record GeneratedAgent(int Number, long Id, string Login, string FirstName, string LastName, string Group, LocalTime ShiftStart)
{
    private const int DaysOff = 2;

    private static readonly string[] FirstNames =
    [
        "Ava", "Ben", "Chloé", "Daniel", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Klara", "Liam", "Maya",
        "Noah", "Olivia", "Paul", "Quinn", "Rosa", "Samir", "Tess", "Uma", "Victor", "Wanda", "Yusuf", "Zoë",
    ];

    private static readonly string[] LastNames =
    [
        "Meyer", "Okafor", "Schäfer", "Nguyen", "O'Neil", "Rossi", "Lindqvist", "Brown", "Demir", "Kowalski", "García",
        "Haas", "Novak", "Silva", "Weber", "Dubois", "Patel", "Moreau", "Fischer",
    ];

    private static readonly string[] Groups = ["Support EN", "Support DE", "Sales"];

    /// <summary>Every tenth agent is of the night team.</summary>
    internal static GeneratedAgent Of(int number)
    {
        // The lists are of coprime lengths, so a pair comes back only after their product.
        var first = FirstNames[number % FirstNames.Length];
        var last = LastNames[number % LastNames.Length];
        var again = number / (FirstNames.Length * LastNames.Length);
        var login = $"{Plain(first)}.{Plain(last)}{(again == 0 ? "" : $"{again + 1}")}";
        var start = number % 10 == 3 ? new LocalTime(22, 0) : new LocalTime(6, 0).PlusMinutes(number % 9 * 60);
        return new GeneratedAgent(number, 1_000_001 + number, login, first, last, Groups[number % Groups.Length], start);
    }

    /// <summary>Five days on, two days off, at another place in the week for each agent.</summary>
    internal bool WorksOn(LocalDate date) => ((int)date.DayOfWeek + Number) % 7 >= DaysOff;

    private static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Where(c => c != '\'')).Replace('é', 'e').Replace('ë', 'e').Replace('í', 'i').Replace("ä", "ae", StringComparison.Ordinal);
}
