using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms.Importing;

/// <summary><c>import --check</c>: whether an imported atom still holds what its source gives (specs: atoms 16, idea 8). Writes nothing.</summary>
public static class ImportCheck
{
    public static async Task<AtomOutcome> RunAsync(AtomCall call, CancellationToken cancel)
    {
        var opened = AtomSession.Open(call);
        if (!opened.Succeeded)
        {
            return AtomOutcome.Failed(opened.Diagnostics);
        }

        var path = Path.Combine(AtomValidator.FolderOf(call.FullPath), AtomNames.ManifestName);
        var text = SourceText.Load(path);
        var problems = new List<Diagnostic>();
        if (!text.Succeeded)
        {
            return AtomOutcome.Failed([.. opened.Diagnostics, AtomDiagnostics.NoAtom.In(path, path)]);
        }

        if (AtomReader.Read(text.Value, null, problems) is not { } atom)
        {
            return AtomOutcome.Failed([.. opened.Diagnostics, .. problems]);
        }

        var result = new AtomResult { Id = atom.Reference?.ToString(), Path = opened.Value.Relative(path), Lifecycle = atom.Lifecycle?.Value, Changed = false };
        var problem = await CompareAsync(opened.Value, atom, cancel);
        return new AtomOutcome([problem is null ? result : result with { Changed = true, Problems = [problem] }], opened.Diagnostics);
    }

    private static async Task<Diagnostic?> CompareAsync(AtomSession session, AtomManifest atom, CancellationToken cancel)
    {
        var import = (atom.Root.Find("protocol")?.Value as MappingNode)?.Find("import")?.Value as MappingNode;
        var (source, digest) = (import?.Find("source_url"), import?.Find("sha256"));
        if (source?.Value is not ScalarNode { Value: string address } || digest?.Value is not ScalarNode { Value: string recorded } || AtomHash.Digits(recorded) is not { } expected
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return AtomImportDiagnostics.NotImported.At(atom.Source.Whole, atom.Reference?.ToString() ?? atom.Source.Path);
        }

        if (LocalDigest(atom, cancel) is { } own && own != expected)
        {
            return AtomImportDiagnostics.Drifted.At(digest.Value.Span, $"The asset was changed since it was imported: its SHA-256 is {own}, and {expected} was imported.");
        }

        using var fetcher = new Fetcher(FetchRules.Of(session.Settings));
        var answer = await fetcher.GetAsync(uri, cancel);
        if (!answer.Succeeded)
        {
            return answer.Problem;
        }

        var now = Convert.ToHexStringLower(SHA256.HashData(answer.Document.Bytes));
        return now == expected ? null : AtomImportDiagnostics.Drifted.At(source.Value.Span, $"The source has changed since it was imported: its SHA-256 is {now}, and {expected} was imported.");
    }

    private static string? LocalDigest(AtomManifest atom, CancellationToken cancel)
    {
        var files = AtomFiles.List(Path.GetDirectoryName(atom.Source.Path)!, cancel);
        return atom.Payload?.Asset is { } asset && files.Paths.Contains(asset.Value) ? CanonicalBytes.HashRaw(files, asset.Value, cancel).Value : null;
    }
}
