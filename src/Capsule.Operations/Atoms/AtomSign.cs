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
    public static Task<AtomOutcome> RunAsync(AtomCall call, AtomSigning signing, CancellationToken cancel) =>
        AtomChange.RunAsync(call, atom => SignAsync(atom, signing, cancel), cancel);

    private static async Task<AtomOutcome> SignAsync(AtomChange atom, AtomSigning signing, CancellationToken cancel)
    {
        var (session, file, report) = (atom.Session, atom.File, atom.Report);
        if (!report.IsValid)
        {
            return atom.Done(atom.Result);
        }

        if (report.Files.Paths.Count == 0)
        {
            return atom.Failed(AtomDiagnostics.EmptyHash.At(report.Manifest!.Source.Whole, "The atom has no files, and a signature over nothing says nothing.", "Add the asset beside atom.toml."));
        }

        var id = signing.KeyId ?? session.Settings.DefaultKey;
        if (id.Length == 0)
        {
            return new AtomOutcome([], [.. atom.Notes, AtomCatalogDiagnostics.NoKey.Now("No key is named, and there is no default key.", "Name it with --key, or set keys.default_key in ~/.atoms/config.toml.")]);
        }

        var key = AtomSigner.FindKey(session, id);
        if (!key.Succeeded)
        {
            return atom.Failed([.. key.Diagnostics]);
        }

        if (report.Manifest!.Signatures.FirstOrDefault(s => s.KeyId == id) is { } already && !signing.Force)
        {
            if (!signing.Renew)
            {
                return atom.Failed(AtomSigningDiagnostics.AlreadySigned.At(already.Place, id));
            }

            if (IsWhole(session, report, id, cancel))
            {
                return atom.Done(atom.Result with { Changed = false, Problems = [.. report.Problems, .. key.Diagnostics] });
            }
        }

        var hash = report.Hash!;
        var text = TomlEditor.Open(file.Source);
        var hashed = hash.State == HashState.Empty ? AtomEdits.SetHash(text.Value!, hash.Computed) : text;
        var signed = hashed.Succeeded ? await AtomSigner.SignAsync(session, report, hashed.Value, key.Value, signing, cancel) : hashed;
        if (!signed.Succeeded)
        {
            return atom.Failed([.. signed.Diagnostics]);
        }

        if (await file.SaveAsync(signed.Value.Text, cancel) is { } problem)
        {
            return atom.Failed(problem);
        }

        return atom.Done(atom.Result with { ContentHash = hash.Stored ?? hash.Computed, Changed = true, Problems = [.. report.Problems, .. key.Diagnostics, .. signed.Diagnostics] });
    }

    private static bool IsWhole(AtomSession session, AtomReport report, string id, CancellationToken cancel) =>
        AtomQuorum.Evaluate(session, report, cancel).Value?.Signatures.FirstOrDefault(s => s.KeyId == id) is { Status: AtomSignatureStatus.Valid, HasEnvelope: true };
}
