using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Packaging.Archives;

/// <summary>From a member's name to a path in the tree.</summary>
internal static class MemberPath
{
    /// <summary>
    /// The valid path, without <c>./</c> at the start (as <c>tar .</c> writes it) and without the archive's top folder;
    /// null for the root itself. Every other name is refused (CAP20nn).
    /// </summary>
    public static string? Of(ArchiveMember member, string topFolder)
    {
        var name = member.Name;
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name[2..];
        }

        if (member.Kind == ArchiveMemberKind.Folder && (name is "." or "" || name == topFolder))
        {
            return null;
        }

        if (topFolder.Length > 0 && name.StartsWith(topFolder + "/", StringComparison.Ordinal))
        {
            name = name[(topFolder.Length + 1)..];
        }

        return TreePath.Check(name) is { } problem ? throw new RefusedException(problem) : name;
    }
}
