using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Judges the signatures of an atom in a folder by the keys and rules of a catalog: null when the quorum is met, else why it is not.</summary>
public delegate string? QuorumJudge(AtomCatalog catalog, string folder, CancellationToken cancel);

/// <summary>What a look at an entry or at fetched files found.</summary>
/// <param name="Manifest">Null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be believed, as the end of a sentence; null when it can.</param>
/// <param name="IsJudged">The quorum was checked and is met.</param>
public sealed record EntryVerdict(AtomManifest? Manifest, string? Problem, bool IsJudged)
{
    /// <summary>The bytes themselves are wrong, whoever looks; otherwise a problem is that of keys and rules.</summary>
    public bool IsCorrupt { get; init; }

    public string? Lifecycle => Manifest?.Lifecycle?.Value;

    /// <summary>What a sidecar and <c>inspect</c> say.</summary>
    public string Text => Problem ?? (IsJudged ? "ok: hash and quorum" : Manifest?.Hash is null ? "ok: no hash to check" : "ok: hash");
}

/// <summary>
/// Checks an atom that lies outside its catalog: that it is the one meant, that its hash fits its files, and that its quorum is met where keys are known.
/// A draft needs a quorum only when it comes from a mirror.
/// </summary>
/// <param name="Anchor">The catalog whose keys count; null when none is known.</param>
/// <param name="Judge">Who checks signatures.</param>
public sealed record EntryCheck(AtomCatalog? Anchor, QuorumJudge Judge)
{
    /// <param name="atom">The one that is meant.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="hash">False leaves the hash of a draft alone, as a hit in the cache does.</param>
    /// <param name="mirror">The bytes came from a mirror: without a quorum they are worth nothing.</param>
    /// <param name="cancel">Stops between two files.</param>
    public EntryVerdict Run(AtomReference atom, string folder, bool hash, bool mirror, CancellationToken cancel)
    {
        var text = SourceText.Load(Path.Combine(folder, AtomNames.ManifestName));
        var problems = new List<Diagnostic>();
        if (!text.Succeeded || AtomReader.Read(text.Value, atom.Class, problems) is not { } manifest)
        {
            return new EntryVerdict(null, $"its atom.toml cannot be read ({text.Diagnostics.Concat(problems).First().Message.TrimEnd('.')})", false) { IsCorrupt = true };
        }

        if (manifest.Reference != atom)
        {
            return new EntryVerdict(manifest, $"its atom.toml is that of '{manifest.Reference?.ToString() ?? manifest.Id?.Value ?? "nothing"}'", false) { IsCorrupt = true };
        }

        if (manifest.Lifecycle is not { } lifecycle || !AtomNames.Lifecycles.Contains(lifecycle.Value))
        {
            return new EntryVerdict(manifest, $"its lifecycle is '{manifest.Lifecycle?.Value}'", false) { IsCorrupt = true };
        }

        var isDraft = lifecycle.Value == AtomNames.Draft;
        if ((hash || !isDraft) && HashProblem(atom, manifest, folder, isDraft, cancel) is { } wrong)
        {
            return new EntryVerdict(manifest, wrong, false) { IsCorrupt = true };
        }

        if (isDraft && !mirror)
        {
            return new EntryVerdict(manifest, null, false);
        }

        if (Anchor is null)
        {
            return new EntryVerdict(manifest, mirror ? $"it comes from a mirror, and no keys of the catalog '{atom.Catalog}' are known here to check it with" : null, false);
        }

        return Judge(Anchor, folder, cancel) is { } unmet ? new EntryVerdict(manifest, unmet, false) : new EntryVerdict(manifest, null, true);
    }

    private string? HashProblem(AtomReference atom, AtomManifest manifest, string folder, bool isDraft, CancellationToken cancel)
    {
        var catalog = Anchor ?? new AtomCatalog { Root = folder, Name = new Field<string>(atom.Catalog, SourceSpan.Of(folder), FieldPath.Root) };
        var verdict = HashCheck.Run(catalog, manifest, AtomFiles.List(folder, cancel), cancel);
        return !verdict.Succeeded ? verdict.Diagnostics[0].Message.TrimEnd('.')
            : verdict.Value.State == HashState.Mismatch ? $"content_hash is {verdict.Value.Stored}, but the files give {verdict.Value.Computed}"
            : verdict.Value.State == HashState.Empty && (!isDraft || manifest.ContentHash is { Value.Length: > 0 }) ? $"it is {manifest.Lifecycle?.Value} and has no content_hash"
            : null;
    }
}
