using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Five9Functions.Storage.RawDays;

namespace Five9Functions.Tests.Storage;

/// <summary>What can be done to the blob of a raw day.</summary>
public enum RawDayDamage
{
    FlippedInHeader,
    FlippedInQuarantine,
    FlippedInRows,
    Truncated,
    CutToAnotherLength,
    WithoutMetadata,
    WrongHeaderLength,
    HeaderLengthIsNoNumber,
    Empty,
    OfAnotherDay,
}

/// <summary>Damages a raw day's blob in place.</summary>
internal static class RawDayDamages
{
    /// <summary>The kinds that show when the header is read.</summary>
    public static readonly RawDayDamage[] OfHeader = [.. Enum.GetValues<RawDayDamage>().Except([RawDayDamage.FlippedInQuarantine, RawDayDamage.FlippedInRows])];

    /// <returns>The bytes that are there afterwards.</returns>
    public static async Task<byte[]> DamageAsync(this BlobContainerClient container, string name, RawDayDamage damage)
    {
        var blob = container.GetBlockBlobClient(name);
        BlobDownloadResult read = await blob.DownloadContentAsync();
        var metadata = new Dictionary<string, string>(read.Details.Metadata);
        var bytes = read.Content.ToArray();
        var header = int.Parse(metadata["headerLength"], System.Globalization.CultureInfo.InvariantCulture);
        var quarantined = int.Parse(metadata["quarantinedLength"], System.Globalization.CultureInfo.InvariantCulture);
        switch (damage)
        {
            case RawDayDamage.FlippedInHeader:
                bytes[header / 2] ^= 0x10;
                break;
            case RawDayDamage.FlippedInQuarantine:
                bytes[header + (quarantined / 2)] ^= 0x10;
                break;
            case RawDayDamage.FlippedInRows:
                bytes[^12] ^= 0x10;
                break;
            case RawDayDamage.Truncated:
                bytes = bytes[..^5];
                break;
            case RawDayDamage.CutToAnotherLength:
                bytes = bytes[..(header / 2)];
                break;
            case RawDayDamage.WithoutMetadata:
                metadata.Clear();
                break;
            case RawDayDamage.WrongHeaderLength:
                metadata["headerLength"] = "20";
                break;
            case RawDayDamage.HeaderLengthIsNoNumber:
                metadata["headerLength"] = "many";
                break;
            case RawDayDamage.Empty:
                bytes = [];
                metadata.Clear();
                break;
            case RawDayDamage.OfAnotherDay:
                return await OfAnotherDayAsync(container, name);
        }

        await blob.UploadAsync(new MemoryStream(bytes), new BlobUploadOptions { Metadata = metadata });
        return bytes;
    }

    private static async Task<byte[]> OfAnotherDayAsync(BlobContainerClient container, string name)
    {
        var integration = name.Split('/')[0];
        var id = new Five9Functions.Storage.RawDayId(integration, name.Split('/')[1], new NodaTime.LocalDate(2020, 1, 1));
        var days = new RawDayStore(container.GetParentBlobServiceClient(), TimeProvider.System);
        var midnight = NodaTime.Instant.FromUtc(2020, 1, 1, 0, 0);
        var window = new NodaTime.Interval(midnight, midnight + NodaTime.Duration.FromHours(1));
        await days.LandAsync(id, new Five9Functions.Storage.Landing(window, midnight, new global::Five9Functions.Five9.Reports.ReportContent(0, 0, 0, [], []), 20, false), CancellationToken.None);
        var other = container.GetBlockBlobClient($"{integration}/{id.Report}/2020-01-01.gz");
        BlobDownloadResult read = await other.DownloadContentAsync();
        await container.GetBlockBlobClient(name).UploadAsync(read.Content.ToStream(), new BlobUploadOptions { Metadata = read.Details.Metadata });
        await other.DeleteAsync();
        return read.Content.ToArray();
    }
}
