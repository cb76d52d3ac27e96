using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Operations.Kits.Skills;

/// <summary>
/// Where a skill goes: below a folder of the user's, in the folders that an agent looks into (specs: kits 7). The way from there is made on
/// demand and holds no link; the skill's own folder must not exist.
/// </summary>
/// <param name="Provider">codex, claude or generic.</param>
/// <param name="Root">Absolute: the user's home, or a project.</param>
/// <param name="Way">The folders in between.</param>
/// <param name="Name">The skill's name, which is the Kit's.</param>
public sealed record SkillPlace(string Provider, string Root, IReadOnlyList<string> Way, string Name)
{
    private static readonly Dictionary<string, string[]> Global = new(StringComparer.Ordinal) { ["codex"] = [".codex", "skills"], ["claude"] = [".claude", "skills"] };

    private static readonly Dictionary<string, string[]> InProject = new(StringComparer.Ordinal) { ["generic"] = [], ["portable"] = [], ["claude"] = [".claude", "skills"] };

    public static IReadOnlyCollection<string> GlobalProviders => Global.Keys;

    public static IReadOnlyCollection<string> ProjectProviders => InProject.Keys;

    /// <summary>Absolute path of the skill's own folder.</summary>
    public string Folder => Path.Combine([Root, .. Way, Name]);

    /// <summary>The folders on the way, outermost first, absolute.</summary>
    public IEnumerable<string> Parents => Enumerable.Range(1, Way.Count).Select(count => Path.Combine([Root, .. Way.Take(count)]));

    /// <summary>For the user whose home it is.</summary>
    public static SkillPlace OfUser(string provider, string home, string name) => new(provider, home, Global[provider], name);

    /// <summary>For a project; <c>portable</c> is an older word for <c>generic</c>.</summary>
    public static SkillPlace OfProject(string provider, string root, string name) => new(provider == "portable" ? "generic" : provider, root, InProject[provider], name);

    /// <summary>Why no skill can be written there (CAP5501, CAP5502, CAP5503, CAP5512); null when one can.</summary>
    public Diagnostic? Problem()
    {
        if (!Directory.Exists(Root))
        {
            return SkillDiagnostics.NoRoot.Now(Root);
        }

        foreach (var parent in Parents)
        {
            switch (FileTypeReader.Read(parent))
            {
                case FileType.Missing or FileType.Folder:
                    continue;
                case FileType.Link:
                    return SkillDiagnostics.IsLink.In(parent, parent);
                default:
                    return SkillDiagnostics.NotWritten.Now(Folder, $"'{parent}' is no folder");
            }
        }

        return FileTypeReader.Read(Folder) switch
        {
            FileType.Missing => null,
            FileType.Link => SkillDiagnostics.IsLink.In(Folder, Folder),
            _ => SkillDiagnostics.IsThere.In(Folder, Folder),
        };
    }
}
