using System.Text;
using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>NodaTime in table columns: instants as DateTime (100 ns), dates and durations as what a person reads.</summary>
internal static class TableColumns
{
    public static void Set(this TableEntity entity, string column, Instant? value)
    {
        if (value is { } instant)
        {
            entity[column] = instant.ToDateTimeOffset();
        }
    }

    public static Instant Instant(this TableEntity entity, string column) =>
        entity.InstantOrNull(column) ?? throw new InvalidDataException($"The row {entity.PartitionKey} / {entity.RowKey} has no column {column}.");

    public static Instant? InstantOrNull(this TableEntity entity, string column) =>
        entity.GetDateTimeOffset(column) is { } value ? NodaTime.Instant.FromDateTimeOffset(value) : null;

    public static string Text(this TableEntity entity, string column) => entity.GetString(column) ?? "";

    /// <summary>Text of any length: what one column cannot hold goes on in name2, name3, ...</summary>
    public static void SetLong(this TableEntity entity, string column, string text)
    {
        entity[column] = text[..Math.Min(text.Length, TableLimits.MaxStringUnits)];
        for (var (i, at) = (2, TableLimits.MaxStringUnits); at < text.Length; i++, at += TableLimits.MaxStringUnits)
        {
            entity[$"{column}{i}"] = text[at..Math.Min(text.Length, at + TableLimits.MaxStringUnits)];
        }
    }

    public static string LongText(this TableEntity entity, string column)
    {
        var text = new StringBuilder(entity.Text(column));
        for (var i = 2; entity.GetString($"{column}{i}") is { } more; i++)
        {
            text.Append(more);
        }

        return text.ToString();
    }

    public static int Int(this TableEntity entity, string column) => entity.GetInt32(column) ?? 0;

    public static bool Bool(this TableEntity entity, string column) => entity.GetBoolean(column) ?? false;

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
