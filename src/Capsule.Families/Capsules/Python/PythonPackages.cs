using Capsule.Core.Diagnostics;

namespace Capsule.Families.Capsules.Python;

/// <summary>The packages that a Python program needs, by the lock that pins them with hashes (design.md 5; specs: ato 1.3).</summary>
/// <param name="Lock">Path of <c>uv.lock</c> or <c>requirements.txt</c> in the project.</param>
/// <param name="Digest">Names the lock's content.</param>
/// <param name="FromIndex">True when any of them comes from a package index; false when all are in the package itself.</param>
internal sealed record PythonPackages(string Lock, string Digest, bool FromIndex)
{
    private const string Project = "pyproject.toml";
    private const string UvLock = "uv.lock";
    private const string Requirements = "requirements.txt";

    /// <summary>From the nearest of those files at or above the entrypoint; null when nothing is to be installed.</summary>
    public static PythonPackages? Find(string project, string entrypoint, ICollection<Diagnostic> problems)
    {
        for (var folder = ProjectPath.Parent(entrypoint); ; folder = ProjectPath.Parent(folder))
        {
            if (Exists(folder, UvLock))
            {
                return PythonLock.Read(project, ProjectPath.Join(folder, UvLock), problems);
            }

            if (Exists(folder, Requirements))
            {
                return RequirementLines.Read(project, ProjectPath.Join(folder, Requirements), problems);
            }

            if (Exists(folder, Project))
            {
                PythonProject.CheckThatNothingIsNeeded(Path.Combine(project, folder, Project), problems);
                return null;
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }

        bool Exists(string folder, string name) => File.Exists(Path.Combine(project, folder, name));
    }
}
