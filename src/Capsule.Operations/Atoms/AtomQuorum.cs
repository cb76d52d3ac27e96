using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Rules;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Operations.Atoms;

/// <summary>The quorum of an atom: its rule, the judged signatures, and the count, which is the trust engine's (specs: atoms 7).</summary>
/// <param name="Rule">Of the catalog.</param>
/// <param name="Signatures">In the order of the file.</param>
/// <param name="Count">The engine's answer.</param>
/// <param name="Notes">Warnings about the rule.</param>
public sealed record AtomQuorum(AtomQuorumRule Rule, IReadOnlyList<AtomSignatureResult> Signatures, QuorumResult Count, IReadOnlyList<Diagnostic> Notes)
{
    private const string Root = "root";

    /// <summary>CAP0866 without a rule, CAP0864 for a class that the catalog does not know, CAP0816 for files that cannot be read.</summary>
    public static Result<AtomQuorum> Evaluate(AtomSession session, AtomReport report, CancellationToken cancel)
    {
        var (catalog, atom) = (session.Catalog, report.Manifest!);
        if (atom.Reference is not { } reference)
        {
            return Result.Failed<AtomQuorum>(report.Problems.Where(p => p.IsError));
        }

        if (!catalog.Classes.Contains(reference.Class))
        {
            return AtomCatalogDiagnostics.UnknownClass.At(atom.Id!.Span, reference.Class);
        }

        var rule = QuorumRuleChoice.For(catalog, reference.Class, reference.Slug);
        var message = HashCheck.Message(catalog, atom, report.Files, cancel);
        var envelopes = AtomEnvelopeCheck.Of(catalog, atom, report.Files, cancel);
        if (!rule.Succeeded || !message.Succeeded || !envelopes.Succeeded)
        {
            return Result.Failed<AtomQuorum>(((IEnumerable<Diagnostic>)[.. rule.Diagnostics, .. message.Diagnostics, .. envelopes.Diagnostics]).Distinct());
        }

        var check = new AtomSignatureCheck(catalog, message.Value, envelopes.Value, session.Call.Strict, session.Call.Now);
        AtomSignatureResult[] signatures = [.. atom.Signatures.Select(check.Judge)];
        return new AtomQuorum(rule.Value, signatures, Counted(session, rule.Value, signatures), [.. rule.Diagnostics, .. Pools(catalog, rule.Value)]);
    }

    /// <summary>Terms that the registered, unrevoked keys can never satisfy.</summary>
    public static IEnumerable<Diagnostic> Impossible(AtomCatalog catalog, AtomQuorumRule rule) =>
        from term in rule.Terms
        let keys = KeysOf(catalog, term.Role)
        where keys < term.Required
        select AtomCatalogDiagnostics.QuorumRule.At(
            rule.Place, $"The quorum rule '{rule.Text}' can never be met: it needs {term.Required} of the role '{term.Role}', and {keys} keys are registered and not revoked.",
            "Register more keys in ATOMS.yml, or change the rule.");

    private static IEnumerable<Diagnostic> Pools(AtomCatalog catalog, AtomQuorumRule rule) =>
        from term in rule.Terms
        where term.Pool is not null && term.Pool != KeysOf(catalog, term.Role)
        select AtomSigningDiagnostics.Pool.At(rule.Place, term.Pool, term.Role, KeysOf(catalog, term.Role));

    private static int KeysOf(AtomCatalog catalog, string role) =>
        catalog.Keys.Where(k => !k.Revoked && (k.Role == role || (catalog.RootSatisfiesAll && k.Role == Root))).Select(k => k.Fingerprint).Distinct(StringComparer.Ordinal).Count();

    private static QuorumResult Counted(AtomSession session, AtomQuorumRule rule, IReadOnlyList<AtomSignatureResult> signatures)
    {
        var catalog = session.Catalog;
        var terms = rule.Terms.Select(t => new QuorumTerm(t.Role, t.Required));
        var valid = signatures.Where(s => s.Status == AtomSignatureStatus.Valid).ToArray();
        string[] asked = [.. rule.Terms.Select(t => t.Role)];
        var members = catalog.Keys.Select(key => new QuorumMember(
            key.Id,
            catalog.RootSatisfiesAll && key.Role == Root ? [Root, .. asked] : [key.Role],
            [new QuorumKey(Bytes(key.Fingerprint), Standing(session, key, valid.Any(s => s.KeyId == key.Id)))]));
        return QuorumCounter.Count(new QuorumRule([.. terms], SignaturesNameRoles: false), [.. members], [.. valid.Select(s => new QuorumSignature(Bytes(s.Fingerprint!)))]);
    }

    /// <summary>A key that has signed in its time keeps its signature when the time is over.</summary>
    private static KeyStanding Standing(AtomSession session, AtomKey key, bool hasSigned) =>
        key.Revoked ? KeyStanding.Revoked
        : !session.Catalog.AcceptedAlgorithms.Contains(key.Algorithm) ? KeyStanding.NotAccepted
        : !hasSigned && key.ExpiresAt < session.Call.Now ? KeyStanding.Expired
        : KeyStanding.Usable;

    private static KeyBytes Bytes(string fingerprint) => new(Convert.FromHexString(fingerprint));
}
