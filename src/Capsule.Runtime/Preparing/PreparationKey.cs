using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Preparing;

/// <summary>What the result of a cell's prepare commands depends on, as one SHA-256: each file, each command, its environment, its toolchain, its network.</summary>
internal static class PreparationKey
{
    // Part of every key, so that a change of what is hashed, or of how results are kept, makes all older ones void.
    private const string Form = "capsule-prepared/1";

    /// <param name="folders">The private copies, by mount, before anything ran in them.</param>
    /// <param name="commands">The prepare commands.</param>
    /// <param name="environment">The environment of one of them.</param>
    /// <param name="toolchains">By the name a command asks for.</param>
    /// <param name="offered">Hashes of packages of ours that they may be offered.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Null when a folder holds something that is neither file, folder nor link.</returns>
    public static string? Of(
        IReadOnlyDictionary<string, string> folders,
        IReadOnlyList<ProcessPlan> commands,
        Func<ProcessPlan, IReadOnlyDictionary<string, string>> environment,
        IReadOnlyDictionary<string, Toolchain> toolchains,
        IEnumerable<string> offered,
        CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Form);
        foreach (var command in commands)
        {
            var tool = command.Toolchain is { } wanted ? toolchains[wanted.Name] : null;
            Add(hash, JsonSerializer.Serialize(new
            {
                command.Id,
                command.Argv,
                command.Shell,
                command.Cwd,
                Env = environment(command),
                Mode = command.Network.Mode.ToString(),
                Egress = command.Network.Egress.Select(e => $"{e.Host} {e.Protocol} {string.Join(',', e.Ports)}"),
                Tool = tool is null ? null : $"{tool.Name} {tool.Version} {tool.Integrity ?? tool.Directory}",
            }));
        }

        foreach (var package in offered)
        {
            Add(hash, package);
        }

        foreach (var (mount, folder) in folders.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Add(hash, mount);
            using var held = HeldFolder.Open(folder);
            if (!AddFolder(hash, held, cancel))
            {
                return null;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool AddFolder(IncrementalHash hash, HeldFolder folder, CancellationToken cancel)
    {
        foreach (var name in folder.Names())
        {
            cancel.ThrowIfCancellationRequested();
            var kind = folder.KindOf(name);
            Add(hash, $"{kind} {name}");
            switch (kind)
            {
                case EntryKind.Folder when folder.OpenFolder(name) is { } below:
                    using (below)
                    {
                        if (!AddFolder(hash, below, cancel))
                        {
                            return false;
                        }
                    }

                    Add(hash, "end");
                    break;
                case EntryKind.File when folder.OpenFile(name) is { } file:
                    using (file.Handle)
                    {
                        using var content = new FileStream(file.Handle, FileAccess.Read, bufferSize: 0);
                        Add(hash, (OperatingSystem.IsWindows() ? "" : $"{File.GetUnixFileMode(file.Handle) & UnixFileMode.UserExecute} ") + Convert.ToHexStringLower(SHA256.HashData(content)));
                    }

                    break;
                case EntryKind.Link when folder.LinkTarget(name) is { } link:
                    Add(hash, link);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>With its length before it, so that no two lists of texts are hashed as the same bytes.</summary>
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
