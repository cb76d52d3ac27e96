using Capsule.Core.Diagnostics;
using Capsule.Operations.Running;
using Capsule.Runtime.Sandbox;

namespace Capsule.Operations.Testing;

/// <summary>
/// The folders of a case's fixtures (specs: kits 2.4). Those of a project are bound in place, for a case may fill them as a cache; an
/// installed package is never written to, so that its fixtures are copied.
/// </summary>
internal sealed class FixtureFolders(PackageRunRequest request) : IDisposable
{
    private readonly List<string> _copies = [];

    /// <summary>The path without links of a fixture, which is given relative to the package.</summary>
    public Result<string> Find(string fixture)
    {
        try
        {
            var place = Path.Combine(request.Directory, fixture);
            var folder = HostFolder.Open(request.Installed ? Copy(place) : place);
            using (folder.Value)
            {
                return folder.Succeeded ? folder.Value.Path : Result.Failed<string>(folder.Diagnostics);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return PackageTestDiagnostics.FixtureNotCopied.Now(fixture, problem.Message);
        }
    }

    public void Dispose()
    {
        foreach (var copy in _copies)
        {
            try
            {
                Directory.Delete(copy, recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // It lies among the temporary files, which the system clears.
            }
        }

        _copies.Clear();
    }

    private string Copy(string from)
    {
        var copy = Directory.CreateTempSubdirectory("capsule-fixture-").FullName;
        _copies.Add(copy);
        CopyInto(new DirectoryInfo(from), copy);
        return copy;
    }

    /// <summary>Links are left out: they could lead anywhere.</summary>
    private static void CopyInto(DirectoryInfo from, string to)
    {
        foreach (var entry in from.EnumerateFileSystemInfos().Where(e => e.LinkTarget is null))
        {
            var path = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo folder)
            {
                Directory.CreateDirectory(path);
                CopyInto(folder, path);
            }
            else
            {
                using var target = File.Create(path);
                using var source = File.OpenRead(entry.FullName);
                source.CopyTo(target);
            }
        }
    }
}
