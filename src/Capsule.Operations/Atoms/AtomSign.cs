using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary><c>sign</c>: adds one signature to an atom (specs: atoms 6.5). Whatever fails leaves the file as it was.</summary>
public static class AtomSign
{
    public static async Task<AtomOutcome> RunAsync(AtomCall call, AtomSigning signing, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        return session.Succeeded
            ? await RunAsync(session.Value, signing, session.Diagnostics, cancel)
            : AtomOutcome.Failed(session.Diagnostics);
    }

    private static async Task<AtomOutcome> RunAsync(AtomSession session, AtomSigning signing, IReadOnlyList<Diagnostic> notes, CancellationToken cancel)
    {
        var opened = AtomFile.Open(Path.Combine(AtomValidator.FolderOf(session.Call.FullPath), AtomNames.ManifestName));
        if (!opened.Succeeded)
        {
            return AtomOutcome.Failed([.. notes, .. opened.Diagnostics]);
        }

        var (file, report) = (opened.Value, AtomValidator.Validate(session.Catalog, opened.Value.Source, session.Validation, cancel));
        var result = AtomValidate.Result(session, report);
        if (!report.IsValid)
        {
            return new AtomOutcome([result], notes);
        }

        if (report.Files.Paths.Count == 0)
        {
            return Failed(AtomDiagnostics.EmptyHash.At(report.Manifest!.Source.Whole, "The atom has no files, and a signature over nothing says nothing.", "Add the asset beside atom.toml."));
        }

        var id = signing.KeyId ?? session.Settings.DefaultKey;
        if (id.Length == 0)
        {
            return new AtomOutcome([], [.. notes, AtomCatalogDiagnostics.NoKey.Now("No key is named, and there is no default key.", "Name it with --key, or set keys.default_key in ~/.atoms/config.toml.")]);
        }

        var key = AtomSigner.FindKey(session, id);
        if (!key.Succeeded)
        {
            return Failed([.. key.Diagnostics]);
        }

        if (!signing.Force && report.Manifest!.Signatures.FirstOrDefault(s => s.KeyId == id) is { } already)
        {
            return Failed(AtomSigningDiagnostics.AlreadySigned.At(already.Place, id));
        }

        var hash = report.Hash!;
        var text = TomlEditor.Open(file.Source);
        var hashed = hash.State == HashState.Empty ? AtomEdits.SetHash(text.Value!, hash.Computed) : text;
        var signed = hashed.Succeeded ? await AtomSigner.SignAsync(session, report, hashed.Value, key.Value, signing, cancel) : hashed;
        if (!signed.Succeeded)
        {
            return Failed([.. signed.Diagnostics]);
        }

        if (await file.SaveAsync(signed.Value.Text, cancel) is { } problem)
        {
            return Failed(problem);
        }

        return new AtomOutcome([result with { ContentHash = hash.Stored ?? hash.Computed, Changed = true, Problems = [.. report.Problems, .. key.Diagnostics] }], notes);

        AtomOutcome Failed(params IEnumerable<Diagnostic> problems) => new([result with { Problems = [.. problems] }], notes);
    }
}
