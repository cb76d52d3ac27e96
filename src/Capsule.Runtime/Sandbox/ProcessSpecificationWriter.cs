using System.Globalization;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Runtime.Sandbox;

/// <summary>Writes what an exec copy is to do, in the form of <see cref="ProcessTag"/>.</summary>
internal static class ProcessSpecificationWriter
{
    public static byte[] Write(CellRequest cell, CellProcessRequest process, LimitsPlan limits)
    {
        using var bytes = new MemoryStream();
        foreach (var argument in process.Argv)
        {
            Add(bytes, ProcessTag.Argument, argument);
        }

        foreach (var (name, value) in process.Env)
        {
            Add(bytes, ProcessTag.Environment, $"{name}={value}");
        }

        Add(bytes, ProcessTag.WorkingDirectory, process.Cwd);
        Add(bytes, ProcessTag.Sockets, Text((int)Sockets(process.Network)));
        foreach (var (resource, value) in Resources(limits))
        {
            Add(bytes, ProcessTag.Limit, $"{Text(resource)}:{Text(value)}");
        }

        foreach (var (access, path) in LandlockRules.For(cell))
        {
            Add(bytes, ProcessTag.Landlock, $"{Text((long)access)}:{path}");
        }

        return bytes.ToArray();
    }

    /// <summary>No part of a request may carry the character that ends a record.</summary>
    public static bool HasNul(CellProcessRequest process) =>
        process.Argv.Append(process.Cwd).Concat(process.Env.Keys).Concat(process.Env.Values).Any(text => text.Contains('\0', StringComparison.Ordinal));

    private static SocketRule Sockets(NetworkMode mode) => mode == NetworkMode.None ? SocketRule.Unix : SocketRule.Internet;

    private static IEnumerable<(int Resource, long Value)> Resources(LimitsPlan limits)
    {
        yield return (Constants.LimitCore, 0);
        yield return (Constants.LimitFiles, limits.Files ?? CellDefaults.Files);
        yield return (Constants.LimitProcesses, (limits.Pids ?? CellDefaults.Pids) + CellDefaults.InitThreads);
        if (limits.FileSize is { } size)
        {
            yield return (Constants.LimitFileSize, size);
        }
    }

    private static void Add(MemoryStream bytes, byte tag, string text)
    {
        bytes.WriteByte(tag);
        bytes.Write(Encoding.UTF8.GetBytes(text));
        bytes.WriteByte(0);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
