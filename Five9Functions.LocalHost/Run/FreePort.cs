using System.Net;
using System.Net.Sockets;

namespace Five9Functions.LocalHost.Run;

/// <summary>Decides where something listens.</summary>
internal static class FreePort
{
    /// <param name="asked">Null: the usual one, or any free one if that is taken; 0: any free one.</param>
    /// <param name="option">What the user changes it with.</param>
    /// <param name="taken">Gets the usual port if it could not be had.</param>
    /// <returns>0 for any free one.</returns>
    /// <exception cref="RunFailedException">A port that was asked for by its number is taken.</exception>
    public static int Choose(int? asked, int usual, string option, ICollection<int> taken)
    {
        if (IsFree(asked ?? usual))
        {
            return asked ?? usual;
        }

        if (asked is not null)
        {
            throw new RunFailedException($"Port {asked} is taken by another program: give {option} another number, or 0 for any free port.");
        }

        taken.Add(usual);
        return 0;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
