using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary><c>publish</c>: makes a draft that meets its quorum a published atom, signed again by the maintainer (specs: atoms 8). One write at the end, or none.</summary>
public static class AtomPublish
{
    private const string Maintainer = "catalog-maintainer";

    public static Task<AtomOutcome> RunAsync(AtomCall call, AtomSigning signing, CancellationToken cancel) =>
        AtomChange.RunAsync(call, draft => PublishAsync(draft, signing, cancel), cancel);

    private static async Task<AtomOutcome> PublishAsync(AtomChange draft, AtomSigning signing, CancellationToken cancel)
    {
        var (session, file, report) = (draft.Session, draft.File, draft.Report);
        if (report.Manifest?.Lifecycle is { } lifecycle && lifecycle.Value != AtomNames.Draft && AtomNames.Lifecycles.Contains(lifecycle.Value))
        {
            return draft.Failed(AtomDiagnostics.NotDraft.At(lifecycle.Span, lifecycle.Value));
        }

        if (!report.IsValid)
        {
            return draft.Done(draft.Result);
        }

        var atom = report.Manifest!;
        if (report.Hash?.State == HashState.Empty)
        {
            return draft.Failed(AtomDiagnostics.EmptyHash.At(atom.ContentHash?.Span ?? atom.Source.Whole, "A published atom needs a content_hash, and this one is empty.", "Run 'atoms canonicalize' first, then have the atom signed."));
        }

        var rule = QuorumRuleChoice.For(session.Catalog, atom.Reference!.Class, atom.Reference.Slug);
        if (!rule.Succeeded || AtomQuorum.Impossible(session.Catalog, rule.Value).Any())
        {
            return draft.Failed(rule.Succeeded ? AtomQuorum.Impossible(session.Catalog, rule.Value) : rule.Diagnostics);
        }

        var verified = AtomVerify.Verify(session, report, cancel);
        if (!verified.IsValid)
        {
            return draft.Done(verified);
        }

        var key = Key(session);
        var published = key.Succeeded ? AtomEdits.Publish(TomlEditor.Open(file.Source).Value!, session.Call.Now) : Result.Failed<TomlEditor>(key.Diagnostics);
        var signed = published.Succeeded ? await AtomSigner.SignAsync(session, report, published.Value, key.Value!, signing, cancel) : published;
        if (!signed.Succeeded)
        {
            return draft.Failed([.. signed.Diagnostics]);
        }

        var after = AtomValidator.Validate(session.Catalog, file.Source with { Text = signed.Value.Text }, session.Validation, cancel);
        var quorum = AtomQuorum.Evaluate(session, after, cancel);
        if (!quorum.Succeeded || !quorum.Value.Count.IsSatisfied)
        {
            return draft.Failed([AtomSigningDiagnostics.QuorumAfterSigning.At(atom.Source.Whole, rule.Value.Text), .. quorum.Diagnostics]);
        }

        if (await file.SaveAsync(signed.Value.Text, cancel) is { } problem)
        {
            return draft.Failed(problem);
        }

        IEnumerable<Diagnostic> more = atom.Version!.Value.Split('+')[0].Contains('-', StringComparison.Ordinal) ? [AtomSigningDiagnostics.PreRelease.At(atom.Version.Span, atom.Version.Value)] : [];
        return draft.Done(AtomValidate.Result(session, after) with
        {
            Changed = true,
            Signatures = quorum.Value.Signatures,
            Quorum = quorum.Value,
            Problems = [.. verified.Problems, .. key.Diagnostics, .. more],
        });
    }

    /// <summary>The default key when it is a maintainer's; without a default, the one maintainer key there is.</summary>
    private static Result<AtomKey> Key(AtomSession session)
    {
        if (session.Settings.DefaultKey is { Length: > 0 } id)
        {
            var found = AtomSigner.FindKey(session, id);
            return found.Value is null || found.Value.Role == Maintainer
                ? found
                : AtomSigningDiagnostics.NotRegistered.At(found.Value.Place, $"The default key '{id}' is registered as {found.Value.Role}, and publishing needs a {Maintainer}.", "Set keys.default_key to a maintainer's key.");
        }

        AtomKey[] maintainers = [.. session.Catalog.Keys.Where(k => k.Role == Maintainer && !k.Revoked)];
        return maintainers is [var only]
            ? AtomSigner.FindKey(session, only.Id)
            : AtomCatalogDiagnostics.NoKey.Now(
                $"No default key is set, and {(maintainers.Length == 0 ? "no key" : "more than one key")} of the role {Maintainer} is registered.",
                "Set keys.default_key in ~/.atoms/config.toml.");
    }
}
