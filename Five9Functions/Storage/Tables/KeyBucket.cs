using System.Globalization;
using System.Text;

namespace Five9Functions.Storage.Tables;

/// <summary>The partition of a day that an agent's or a call's rows lie in: FNV-1a (32 bits) of its name in UTF-8, modulo the number of buckets.</summary>
public static class KeyBucket
{
    private const int MaxBuckets = 100;

    /// <param name="bucketCount">1 to 100, and never changed once the integration has rows.</param>
    public static int Of(string name, int bucketCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bucketCount, MaxBuckets);
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ octet) * 16777619u);
        }

        return (int)(hash % (uint)bucketCount);
    }

    /// <summary>As it stands in a key.</summary>
    public static string Text(int bucket) => bucket.ToString("00", CultureInfo.InvariantCulture);
}
