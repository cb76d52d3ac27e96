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
    /// <param name="from">Where the Kit lies, and what goes along with it.</param>
    public DependencyPlace? Find(KitTree kit, Dependency dependency, DependencyPlace from)
    {
        var id = kit.Name(dependency.Id.Value);
        if (dependency.Git is { } git)
        {
            var source = new GitSource(git.Value, dependency.Ref?.Value);
            var isThere = request.Fetched.TryGetValue(source, out var fetched);
            Repositories.Add(new GitDependency(id, source, git.Span, isThere));
            if (isThere)
            {
                return new DependencyPlace(fetched!, fetched, null);
            }

            Missing.Add(CompositionDiagnostics.NotFetched.At(git.Span, id, git.Value));
            return null;
        }

        if (dependency.Path is not { } path)
        {
            return null;
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Value, from.Folder));
        if (from.Within is { } within && !IsIn(within, target))
        {
            if (Carried(id) is { } carried)
            {
                return new DependencyPlace(carried, carried, null);
            }

            Missing.Add(CompositionDiagnostics.OutsideOfTree.At(path.Span, id, path.Value));
            return null;
        }

        if (!Directory.Exists(target))
        {
            Missing.Add(CompositionDiagnostics.FolderMissing.At(path.Span, id, path.Value));
            return null;
        }

        return new DependencyPlace(target, from.Within, from.Home is { } home && IsIn(home, target) ? home : from.Home is null ? null : target);
    }

    /// <summary>What a package carries of a Kit that lay outside of it when it was made.</summary>
    private string? Carried(string id) =>
        request.Installed && Path.Combine(request.Tree ?? request.ProjectDirectory, CarriedKits.PlaceOf(id)) is var folder && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;

    private static bool IsIn(string folder, string target) => target == folder || target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}

/// <param name="Folder">Where the Kit lies.</param>
/// <param name="Within">What its own dependencies must not lead out of; null for none.</param>
/// <param name="Home">The folder of the author's that goes into a package whole, so that what lies in it goes along; null for what is fetched or installed.</param>
internal sealed record DependencyPlace(string Folder, string? Within, string? Home);
