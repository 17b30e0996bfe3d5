using Azure.Data.Tables;

namespace Five9Functions.LocalHost.Import;

/// <summary>The emulator holds its tables in memory and looks through a whole one for each page of an answer, so what is final leaves it.</summary>
internal static class EmptiedTable
{
    public static async Task EmptyAsync(this TableClient table, CancellationToken cancellationToken)
    {
        await table.DeleteAsync(cancellationToken);
        await table.CreateAsync(cancellationToken);
    }
}
