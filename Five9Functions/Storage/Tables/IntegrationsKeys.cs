using System.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table Integrations: the row of each integration, and a row that keeps its name unique.</summary>
public static class IntegrationsKeys
{
    public const string Partition = "integrations";

    private const string NamePrefix = "name:";

    /// <exception cref="ArgumentException">The id could be taken for a name's row.</exception>
    public static string Row(string id) => IsName(id)
        ? throw new ArgumentException($"An integration's id must not begin with '{NamePrefix}': such rows hold the names.", nameof(id))
        : TableKey.Join(id);

    /// <summary>Names that differ only by case, outer blanks or the length of inner ones share a row, so only one can be taken.</summary>
    public static string NameRow(string name) => NamePrefix + TableKey.Part(Normalize(name), TableKey.MaxLength - NamePrefix.Length);

    /// <summary>Whether a row key is that of a name's row.</summary>
    public static bool IsName(string rowKey) => rowKey.StartsWith(NamePrefix, StringComparison.Ordinal);

    private static string Normalize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var unit in name.Trim())
        {
            if (!char.IsWhiteSpace(unit))
            {
                text.Append(unit);
            }
            else if (text[^1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.ToString().ToUpperInvariant();
    }
}
