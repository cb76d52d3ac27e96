using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms;

/// <summary>Finds atoms below a folder.</summary>
internal static class AtomTree
{
    private static readonly string[] Skipped = ["node_modules", "bin", "obj"];

    /// <summary>The folders of atoms by path. Hidden folders, build output and links are not entered, nor are atoms themselves.</summary>
    public static IReadOnlyList<string> Find(string folder)
    {
        var found = new List<string>();
        var ahead = new Stack<string>([folder]);
        while (ahead.TryPop(out var place))
        {
            if (File.Exists(Path.Combine(place, AtomNames.ManifestName)))
            {
                found.Add(place);
                continue;
            }

            foreach (var child in new DirectoryInfo(place).EnumerateDirectories())
            {
                if (!child.Name.StartsWith('.') && !Skipped.Contains(child.Name) && child.LinkTarget is null)
                {
                    ahead.Push(child.FullName);
                }
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
