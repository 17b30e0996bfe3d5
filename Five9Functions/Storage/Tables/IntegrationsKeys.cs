using System.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table Integrations: the row of each integration, a row that keeps its name unique, and one for what is left of a removed one.</summary>
public static class IntegrationsKeys
{
    public const string Partition = "integrations";

    private const string NamePrefix = "name:";

    private const string RemovedPrefix = "removed:";

    /// <summary>The rows of removed integrations, from and to, as a range of RowKeys.</summary>
    public static (string From, string To) Removed => (RemovedPrefix, "removed;");

    /// <exception cref="ArgumentException">The id could be taken for another kind of row.</exception>
    public static string Row(string id) => !IsIntegration(id)
        ? throw new ArgumentException($"An integration's id must not begin with '{NamePrefix}' or '{RemovedPrefix}': such rows hold the names, and what is left of removed integrations.", nameof(id))
        : TableKey.Join(id);

    public static string RemovedRow(string id) => RemovedPrefix + TableKey.Part(id, TableKey.MaxLength - RemovedPrefix.Length);

    /// <summary>Names that differ only by case, outer blanks or the length of inner ones share a row, so only one can be taken.</summary>
    public static string NameRow(string name) => NamePrefix + TableKey.Part(Normalize(name), TableKey.MaxLength - NamePrefix.Length);

    /// <summary>Whether a row key is that of an integration itself.</summary>
    public static bool IsIntegration(string rowKey) => !rowKey.StartsWith(NamePrefix, StringComparison.Ordinal) && !rowKey.StartsWith(RemovedPrefix, StringComparison.Ordinal);

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
