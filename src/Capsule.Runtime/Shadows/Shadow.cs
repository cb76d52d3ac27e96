using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Shadows;

/// <summary>
/// A private copy together with the part of the project it was made of, which is held from then on: whatever its name comes to mean,
/// changes go to the folder that was copied.
/// </summary>
internal sealed class Shadow : IDisposable
{
    private readonly string _folder;
    private readonly string _part;
    private readonly HeldFolder _project;
    private readonly WriteBackRules _rules;
    private readonly HashSet<string> _sources;
    private readonly Dictionary<string, string> _elsewhere;
    private readonly FolderState _copied;
    private FolderState _found;

    /// <summary>Remembers what was copied.</summary>
    /// <param name="tree">The project, absolute.</param>
    /// <param name="part">The copied folder in it; empty for all.</param>
    /// <param name="copy">What came along.</param>
    /// <param name="folder">Where the copy is.</param>
    /// <param name="rules">What may come back.</param>
    public Shadow(string tree, string part, WorkCopy copy, string folder, WriteBackRules rules)
    {
        (_folder, _part, _rules) = (folder, part.TrimEnd('/'), rules);
        _project = HeldFolder.Open(tree);
        _sources = [.. copy.Files.Keys.SelectMany(Folders)];
        _elsewhere = copy.Files.Where(f => f.Value != Prefix + f.Key).ToDictionary(StringComparer.Ordinal);
        _found = _copied = Scan(CancellationToken.None);
    }

    private string Prefix => _part.Length == 0 ? "" : _part + "/";

    /// <summary>From here on every change is the command's: what a preparation made before stays inside.</summary>
    public void Note(CancellationToken cancel) => _found = Scan(cancel);

    /// <summary>Writes back. Nothing may run in the copy any more.</summary>
    public WriteBackReport WriteBack(CancellationToken cancel)
    {
        try
        {
            using var from = HeldFolder.Open(_folder);
            using var to = _project.OpenFolder(_part);
            if (to is null)
            {
                return new WriteBackReport([], [WriteBackDiagnostics.ProjectGone.Now(_part.Length == 0 ? "." : _part)]);
            }

            var request = new WriteBackRequest { From = from, To = to, Copied = _copied, Before = _found, Elsewhere = _elsewhere, Prefix = Prefix, Rules = _rules };
            return Shadows.WriteBack.Apply(request, FolderScan.Read(from, _rules, _sources, CancellationToken.None), cancel);
        }
        catch (RefusedException refused)
        {
            return new WriteBackReport([], [refused.Diagnostic]);
        }
    }

    public void Dispose() => _project.Dispose();

    private FolderState Scan(CancellationToken cancel)
    {
        using var folder = HeldFolder.Open(_folder);
        return FolderScan.Read(folder, _rules, _sources, cancel);
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
