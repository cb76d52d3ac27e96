using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// The GPU devices that a cell may get (specs: sandbox 2): render nodes, which compute and draw for whoever opens them. Never a
/// <c>card*</c>, which rules a screen, and never a vendor's control node, which rules the whole device.
/// </summary>
internal static class RenderNodes
{
    /// <summary>Where they stand, on the host and in a cell.</summary>
    public const string Folder = "/dev/dri";

    private const string Names = "renderD*";
    private const int CharacterDevice = 0x2000;
    private const int TypeMask = 0xF000;
    private const int ForOthers = 6; // rw
    private const int ReadAndWrite = 2;

    /// <summary>Those of this machine that the workload's user may open; none is an error (CAP5160, CAP5161).</summary>
    /// <param name="folder">The host's folder of them.</param>
    /// <param name="cell">For messages.</param>
    public static Result<IReadOnlyList<string>> Find(string folder, string cell)
    {
        string[] all = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, Names).Where(IsDevice).Order(StringComparer.Ordinal)]
            : [];
        if (all.Length == 0)
        {
            return SandboxDiagnostics.NoRenderNode.Now(cell, $"{folder}/{Names}");
        }

        string[] usable = [.. all.Where(IsUsable)];
        return usable.Length > 0 ? usable : SandboxDiagnostics.RenderNodeClosed.Now(cell, string.Join(", ", all));
    }

    /// <summary>Where a node of the host's stands in the cell.</summary>
    public static string Inside(string node) => $"{Folder}/{Path.GetFileName(node)}";

    /// <summary>A link is none: only the kernel's own names count.</summary>
    private static bool IsDevice(string path) => FileStatus.Of(path) is { } status && (status.Mode & TypeMask) == CharacterDevice;

    /// <summary>A workload of a root runner's has neither root's rights nor a group; any other has its runner's.</summary>
    private static bool IsUsable(string path)
    {
        if (Libc.GetEffectiveUid() == 0)
        {
            return (FileStatus.Of(path)!.Value.Mode & ForOthers) == ForOthers;
        }

        using var opened = Descriptors.Open(path, ReadAndWrite | Constants.OpenNoFollow);
        return opened is not null;
    }
}
