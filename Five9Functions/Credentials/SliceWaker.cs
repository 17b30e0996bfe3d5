using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;

namespace Five9Functions.Credentials;

/// <summary>The slices that wait for a password that Five9 takes.</summary>
public sealed class SliceWaker(Five9UserTable users, ImportSliceTable slices, ImportQueues queues, TimeProvider time)
{
    /// <summary>Sends their step now. The message that they wait for comes later and finds its step done.</summary>
    public async Task SendNowAsync(string userKey, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userKey, cancellationToken) is not { } user)
        {
            return;
        }

        foreach (var place in user.Value.UnderWay)
        {
            try
            {
                if (await slices.FindAsync(place.Integration, place.Run, place.Slice, cancellationToken) is { Value: { Finished: false } slice } && Waits(slice))
                {
                    await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
                }
            }
            catch (UnreadableRowException)
            {
                // The tick tells of it.
            }
        }
    }

    private bool Waits(ImportSlice slice) => slice.DueAt > time.Now()
        && slice.Error?.Problem
            is ImportProblem.CredentialRejected or ImportProblem.PasswordExpired or ImportProblem.CredentialUnproven or ImportProblem.VaultUnavailable;
}
