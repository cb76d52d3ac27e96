using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.TestFile;

/// <summary>
/// <c>tests/&lt;test-id&gt;/&lt;mount-id&gt;/</c> is bound to that mount for that case, in place (specs: kits 2.4). A link is no
/// fixture: it could lead anywhere.
/// </summary>
internal static class Fixtures
{
    public static SortedDictionary<string, string> Find(string project, KitManifest kit, string test, ICollection<Diagnostic> problems)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var folder = new DirectoryInfo(Path.Combine(project, "tests", test));
        if (test.Length == 0 || !folder.Exists || folder.LinkTarget is not null || folder.Parent!.LinkTarget is not null)
        {
            return found;
        }

        foreach (var child in folder.EnumerateDirectories().Where(d => d.LinkTarget is null).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            var path = $"tests/{test}/{child.Name}";
            if (kit.FindMount(child.Name) is not null)
            {
                found[child.Name] = path;
            }
            else
            {
                problems.Add(KitTestDiagnostics.StrayFixture.In(Path.Combine(project, kit.FileName), path, Listed.Names(kit.HostMounts.Select(m => m.Id.Value))));
            }
        }

        return found;
    }
}
