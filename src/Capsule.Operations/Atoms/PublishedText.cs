using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary>An <c>atom.toml</c> as it is to be when the atom is published, in memory.</summary>
/// <param name="Text">To be saved.</param>
/// <param name="Report">What the checks say of it.</param>
internal sealed record PublishedText(string Text, AtomReport Report)
{
    /// <summary>Sets the state, takes out envelopes over the draft (CAP0838), and signs with each key.</summary>
    public static async Task<Result<PublishedText>> MakeAsync(AtomChange draft, IReadOnlyList<AtomKey> keys, AtomSigning signing, CancellationToken cancel)
    {
        var (session, file, notes) = (draft.Session, draft.File, new List<Diagnostic>());
        var text = AtomEdits.Publish(TomlEditor.Open(file.Source).Value!, session.Call.Now);
        foreach (var stale in draft.Report.Manifest!.Signatures.Where(s => s.Envelope is not null && keys.All(k => k.Id != s.KeyId)))
        {
            text = text.Succeeded ? AtomEdits.DropEnvelope(text.Value, stale.KeyId) : text;
            notes.Add(AtomSigningDiagnostics.EnvelopeDropped.At(stale.Place, stale.KeyId));
        }

        foreach (var key in keys)
        {
            text = text.Succeeded ? await AtomSigner.SignAsync(session, draft.Report, text.Value, key, signing, cancel) : text;
            notes.AddRange(text.Diagnostics);
        }

        return text.Succeeded
            ? Result.Of(new PublishedText(text.Value.Text, AtomValidator.Validate(session.Catalog, file.Source with { Text = text.Value.Text }, session.Alone, cancel)), notes)
            : Result.Failed<PublishedText>(text.Diagnostics);
    }
}
