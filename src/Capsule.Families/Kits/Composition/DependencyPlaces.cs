using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Composition;

/// <summary>Where the Kits lie that others depend on: a folder, or a repository that was fetched.</summary>
internal sealed class DependencyPlaces(CompileRequest request)
{
    /// <summary>Why one is not there.</summary>
    public List<Diagnostic> Missing { get; } = [];

    /// <summary>Every repository that is named.</summary>
    public List<GitDependency> Repositories { get; } = [];

    /// <summary>Null when it is not there.</summary>
    /// <param name="kit">Who depends.</param>
    /// <param name="dependency">On what.</param>
    /// <param name="folder">Where the Kit lies.</param>
    /// <param name="within">A folder that nothing may be taken from outside of; null for an author's own.</param>
    public DependencyPlace? Find(KitTree kit, Dependency dependency, string folder, string? within)
    {
        var id = kit.Name(dependency.Id.Value);
        if (dependency.Git is { } git)
        {
            var source = new GitSource(git.Value, dependency.Ref?.Value);
            var isThere = request.Fetched.TryGetValue(source, out var fetched);
            Repositories.Add(new GitDependency(id, source, git.Span, isThere));
            if (isThere)
            {
                return new DependencyPlace(fetched!, fetched);
            }

            Missing.Add(CompositionDiagnostics.NotFetched.At(git.Span, id, git.Value));
            return null;
        }

        if (dependency.Path is not { } path)
        {
            return null;
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Value, folder));
        if (within is not null && target != within && !target.StartsWith(within + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            Missing.Add(CompositionDiagnostics.OutsideOfTree.At(path.Span, id, path.Value));
            return null;
        }

        if (!Directory.Exists(target))
        {
            Missing.Add(CompositionDiagnostics.FolderMissing.At(path.Span, id, path.Value));
            return null;
        }

        return new DependencyPlace(target, within);
    }
}

/// <param name="Folder">Where the Kit lies.</param>
/// <param name="Within">What its own dependencies must not lead out of; null for none.</param>
internal sealed record DependencyPlace(string Folder, string? Within);
