using System.Globalization;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Network;

/// <summary>Finds the processes behind a connection inside a cell, from what the kernel says of sockets (proc(5)).</summary>
internal static class SocketHolders
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int InodeColumn = 9;

    /// <summary>The sessions of all processes that hold the client's end of a connection; empty when nobody can be named.</summary>
    /// <param name="member">Any process of the cell's network namespace.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="client">The client's port.</param>
    /// <param name="server">The port it speaks to; null for datagrams, whose sockets need not be connected.</param>
    public static IReadOnlySet<int> Sessions(int member, string protocol, int client, int? server)
    {
        if (Inode(member, protocol, client, server) is not { } inode)
        {
            return new HashSet<int>();
        }

        var link = $"socket:[{inode}]";
        return ProcessIdentity.All().Where(pid => PortHolder.Targets(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")).Contains(link)).Select(ProcessIdentity.SessionOf).OfType<int>().ToHashSet();
    }

    private static string? Inode(int member, string protocol, int client, int? server) =>
        new[] { protocol, protocol + "6" }
            .SelectMany(table => Lines(string.Create(CultureInfo.InvariantCulture, $"/proc/{member}/net/{table}")).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(columns => columns.Length > InodeColumn && Port(columns[LocalColumn]) == client && (server is null || Port(columns[RemoteColumn]) == server))
            ?[InodeColumn];

    private static int Port(string address) => int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
