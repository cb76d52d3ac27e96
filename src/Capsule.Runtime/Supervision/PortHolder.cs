using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>Who listens on a port of this machine, as far as /proc tells the asker: others' descriptors only root may see.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Program">The name the kernel knows it by, 15 characters at most.</param>
public sealed record PortHolder(int Pid, string Program)
{
    private const string Listening = "0A";

    /// <summary>Null when nobody listens there, or nobody whom the asker may see.</summary>
    public static PortHolder? Of(int port)
    {
        var wanted = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(file => Inodes(File.ReadLines(file), port)).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
        return wanted.Count == 0 ? null : (
            from folder in Directory.EnumerateDirectories("/proc")
            let pid = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
            where pid > 0 && Targets(folder + "/fd").Any(wanted.Contains)
            select new PortHolder(pid, Name(folder))).FirstOrDefault();
    }

    /// <summary>That a port is held, and by whom (CAP5300); null when nobody is seen there.</summary>
    public static Diagnostic? Problem(CapsuleHome home, int port) =>
        Of(port) is { } holder ? NetworkDiagnostics.PortTaken.Now(port, holder.Describe(home, port)) : null;

    /// <summary>For a message: the run of capsule's, or the program.</summary>
    public string Describe(CapsuleHome home, int port) => RunList.All(home).FirstOrDefault(r => r.IsAlive && r.Record.Runner.Pid == Pid && r.Record.Address?.Port == port)?.Record.Id is { } run
        ? string.Create(CultureInfo.InvariantCulture, $"the capsule run '{run}' (process {Pid})")
        : string.Create(CultureInfo.InvariantCulture, $"{Program} (process {Pid})");

    /// <summary>The inodes of listening sockets (proc(5)) that keep others from 127.0.0.1 and the port; both are hexadecimal.</summary>
    internal static IEnumerable<string> Inodes(IEnumerable<string> table, int port)
    {
        var number = port.ToString("X4", CultureInfo.InvariantCulture);
        return from line in table
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields.Length > 9 && fields[3] == Listening && fields[1].Split(':') is [var address, var local] && local == number && Stands(address)
               select fields[9];
    }

    /// <summary>Every address, or 127.0.0.1 itself, also as IPv6 writes them.</summary>
    private static bool Stands(string address) => address.All(c => c == '0') || address is "0100007F" || address.EndsWith("FFFF00000100007F", StringComparison.Ordinal);

    /// <summary>What the descriptors of a process are, from its <c>fd</c> folder.</summary>
    internal static IEnumerable<string> Targets(string table)
    {
        try
        {
            return [.. new DirectoryInfo(table).EnumerateFileSystemInfos().Select(d => d.LinkTarget).OfType<string>()];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or it has just ended.
            return [];
        }
    }

    private static string Name(string folder)
    {
        try
        {
            return TerminalText.Line(File.ReadAllText(folder + "/comm").Trim());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "a program";
        }
    }
}
