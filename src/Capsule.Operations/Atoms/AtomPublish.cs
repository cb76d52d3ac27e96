using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Operations.Atoms;

/// <summary>
/// <c>publish</c>: makes a draft that meets its quorum a published atom, signed again by the maintainer (specs: atoms 8, 16.1). One write at the
/// end, or none.
/// </summary>
public static class AtomPublish
{
    public static Task<AtomOutcome> RunAsync(AtomCall call, PublishRequest request, CancellationToken cancel) =>
        AtomChange.RunAsync(
            call, atom => request.Step == PublishStep.Finish ? Task.FromResult(Finish(atom, cancel)) : PublishAsync(atom, request, cancel), cancel);

    private static async Task<AtomOutcome> PublishAsync(AtomChange draft, PublishRequest request, CancellationToken cancel)
    {
        if (Refusal(draft) is { } refusal)
        {
            return refusal;
        }

        var verified = AtomVerify.Verify(draft.Session, draft.Report, cancel);
        if (!verified.IsValid)
        {
            return draft.Done(verified);
        }

        var keys = PublishKeys.Find(draft.Session, request.Also);
        var published = keys.Succeeded ? await PublishedText.MakeAsync(draft, keys.Value, request.Signing, cancel) : Result.Failed<PublishedText>(keys.Diagnostics);
        if (!published.Succeeded)
        {
            return draft.Failed([.. published.Diagnostics]);
        }

        // What is prepared lacks the envelopes of others, and nothing else.
        var (session, after) = (draft.Session, published.Value.Report);
        var quorum = AtomQuorum.Evaluate(request.Step == PublishStep.Prepare ? session with { Catalog = session.Catalog with { RequiresEnvelope = false } } : session, after, cancel);
        if (!quorum.Succeeded || !quorum.Value.Count.IsSatisfied)
        {
            return draft.Failed([AtomSigningDiagnostics.QuorumAfterSigning.At(draft.Report.Manifest!.Source.Whole, verified.Quorum!.Rule.Text), .. quorum.Diagnostics]);
        }

        if (await draft.File.SaveAsync(published.Value.Text, cancel) is { } problem)
        {
            return draft.Failed(problem);
        }

        return draft.Done(AtomValidate.Result(session, after) with
        {
            Changed = true,
            Signatures = quorum.Value.Signatures,
            Quorum = quorum.Value,
            Problems = [.. verified.Problems.Where(p => p.Kind != AtomSigningDiagnostics.NoEnvelope), .. keys.Diagnostics, .. published.Diagnostics, .. PreRelease(draft)],
        });
    }

    /// <summary>What stands against publishing, before anybody looks at signatures.</summary>
    private static AtomOutcome? Refusal(AtomChange draft)
    {
        var (session, report) = (draft.Session, draft.Report);
        if (report.Manifest?.Lifecycle is { } lifecycle && lifecycle.Value != AtomNames.Draft && AtomNames.Lifecycles.Contains(lifecycle.Value))
        {
            return draft.Failed(AtomDiagnostics.NotDraft.At(lifecycle.Span, lifecycle.Value));
        }

        if (!report.IsValid)
        {
            return draft.Done(draft.Result);
        }

        var atom = report.Manifest!;
        if (atom.Hash is null)
        {
            return draft.Failed(AtomDiagnostics.EmptyHash.At(atom.ContentHash?.Span ?? atom.Source.Whole, "A published atom needs a content_hash, and this one is empty.", "Run 'atoms canonicalize' first, then have the atom signed."));
        }

        var rule = QuorumRuleChoice.For(session.Catalog, atom.Reference!.Class, atom.Reference.Slug);
        return !rule.Succeeded ? draft.Failed(rule.Diagnostics)
            : AtomQuorum.Impossible(session.Catalog, rule.Value).ToArray() is { Length: > 0 } impossible ? draft.Failed(impossible)
            : null;
    }

    private static AtomOutcome Finish(AtomChange atom, CancellationToken cancel)
    {
        if (atom.Report.Manifest?.Lifecycle is { } lifecycle && lifecycle.Value != AtomNames.Published && AtomNames.Lifecycles.Contains(lifecycle.Value))
        {
            return atom.Failed(AtomDiagnostics.NotPrepared.At(lifecycle.Span, lifecycle.Value));
        }

        return atom.Report.IsValid
            ? atom.Done(AtomVerify.Verify(atom.Session with { Catalog = atom.Session.Catalog with { RequiresEnvelope = true } }, atom.Report, cancel) with { Changed = false })
            : atom.Done(atom.Result);
    }

    private static IEnumerable<Diagnostic> PreRelease(AtomChange draft) =>
        draft.Report.Manifest!.Version is { } version && version.Value.Split('+')[0].Contains('-', StringComparison.Ordinal) ? [AtomSigningDiagnostics.PreRelease.At(version.Span, version.Value)] : [];
}
