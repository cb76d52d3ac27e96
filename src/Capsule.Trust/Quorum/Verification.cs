using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum;

/// <summary>One decision: lines are checked, revoked keys set aside, policies asked, and only where none has a rule, pins and people.</summary>
internal sealed class Verification(VerifyRequest request, PackageFacts facts, List<Diagnostic> notes)
{
    private readonly TrustContext _trust = request.Trust;
    private readonly IReadOnlyList<PublicKey> _offered = request.Lines.OfferedKeys();

    public TrustExplanation Decide()
    {
        var known = _trust.Keys.Concat(Memory?.Pins ?? []).Concat(request.OfferedKeys);
        var keys = (HasRule ? known : known.Concat(_offered)).ToHashSet();
        LineFinding[] findings = [.. LineChecker.Check(request.Lines, facts.Claim, keys, recover: !HasRule).Select(OfReleaseKey)];

        // Lines that are no release lie beside most releases. Where there is none, they are why a signed package counts as unsigned.
        notes.AddRange(findings.Select(f => f.Why).OfType<Diagnostic>().Where(w => w.Code != EnvelopeDiagnostics.NeverCounts.Code || !HasReleaseLines));
        VerifiedLine[] lines = [.. findings.Select(f => f.Verified).OfType<VerifiedLine>()];
        var verdicts = _trust.Policies.Select(policy => PolicyJudge.Judge(policy, facts, lines, CountsForNothing, notes)).ToArray();
        return new TrustExplanation(Decide(lines, verdicts), findings, [.. verdicts.Select(v => v.Count).OfType<PolicyCount>()]);
    }

    private Result<VerifiedPackage> Decide(VerifiedLine[] lines, PolicyVerdict[] verdicts)
    {
        var problems = verdicts.SelectMany(v => v.Problems).ToArray();
        if (problems.Length > 0)
        {
            return Result.Failed<VerifiedPackage>(problems);
        }

        PublicKey[] signers = [.. lines.Select(l => l.Key).Where(k => !CountsForNothing(k)).Distinct()];
        return verdicts[0].Grants
            ? Trusted(TrustBasis.Policy, signers) with { Signers = verdicts[0].Signers }
            : WithoutRule(signers);
    }

    private bool HasRule => _trust.Policies.Any(p => p.ScopeOf(facts.Scope, facts.Name) is not null);

    private PackageMemory? Memory => _trust.State.Packages.GetValueOrDefault(facts.Package);

    private bool IsAcceptedIdentity => Memory?.Identities.GetValueOrDefault(facts.Version.Text) == facts.Identity;

    private Result<VerifiedPackage> WithoutRule(PublicKey[] signers)
    {
        if (IsAcceptedIdentity)
        {
            return Trusted(TrustBasis.Accepted, signers);
        }

        if (request.ExpectedIdentity is not null)
        {
            return Trusted(TrustBasis.Identity, signers);
        }

        PublicKey[] pins = [.. (Memory?.Pins ?? []).Where(pin => !IsRevoked(pin))];
        PublicKey[] missing = [.. pins.Except(signers)];
        return (pins.Length, missing.Length, signers.Length) switch
        {
            ( > 0, 0, _) => Trusted(TrustBasis.Pins, signers),
            ( > 0, _, _) => Ask(TrustReason.SignersChanged, signers, missing, SignersChanged(missing), _trust.Unknown),
            (_, _, > 0) => Ask(TrustReason.UnknownSigners, signers, [], UnknownSigners(signers), _trust.Unknown),
            _ when HasReleaseLines => NothingVerified(),
            _ => Ask(TrustReason.Unsigned, [], [], VerdictDiagnostics.Unsigned.Now(facts.Title, facts.Identity), UnsignedRule),
        };
    }

    private bool HasReleaseLines => request.Lines.Lines.Any(l => l.Release is not null);

    private DefaultRule UnsignedRule => _trust.Unsigned ?? (facts.Feed is null ? DefaultRule.Ask : DefaultRule.Refuse);

    private Result<VerifiedPackage> Ask(
        TrustReason reason, PublicKey[] signers, PublicKey[] missing, Diagnostic refusal, DefaultRule rule)
    {
        if (request.Ask is not { } ask || rule == DefaultRule.Refuse)
        {
            return refusal;
        }

        return ask(new TrustQuestion(reason, request.Package, signers, missing))
            ? Trusted(TrustBasis.Consent, signers)
            : VerdictDiagnostics.Declined.Now(facts.Title);
    }

    private VerifiedPackage Trusted(TrustBasis basis, PublicKey[] signers) => new()
    {
        Package = request.Package,
        Basis = basis,
        Keys = signers,
        Attestations = AttestationChecker.Check(request.Lines, facts.Identity, _trust, _offered, notes),
    };

    private Result<VerifiedPackage> NothingVerified() => notes.Any(n => n.Code == EnvelopeDiagnostics.UnknownKey.Code)
        ? VerdictDiagnostics.KeysMissing.Now(facts.Title, facts.Identity)
        : VerdictDiagnostics.NothingCounts.Now(facts.Title);

    private Diagnostic UnknownSigners(PublicKey[] signers) => VerdictDiagnostics.UnknownSigners.Now(facts.Title, Fingerprints(signers), facts.Identity);

    private Diagnostic SignersChanged(PublicKey[] missing) => VerdictDiagnostics.SignersChanged.Now(facts.Title, Fingerprints(missing), facts.Identity);

    private static string Fingerprints(PublicKey[] keys) => string.Join(", ", keys.Select(k => $"{k.Fingerprint} ({k.Algorithm.Name})"));

    private bool IsRevoked(PublicKey key) => _trust.Policies.Any(p => p.IsRevoked(key));

    /// <summary>Takes the lines of keys away that were made for something else, and says which keys are revoked.</summary>
    private LineFinding OfReleaseKey(LineFinding finding)
    {
        if (finding.Verified is not { Key: var key })
        {
            return finding.Why?.Code == EnvelopeDiagnostics.UnknownKey.Code && FingerprintOf(finding) is { } unknown && Revocation(unknown) is not null
                ? finding with { Why = Revoked(unknown) }
                : finding;
        }

        var owner = _trust.Policies.SelectMany(p => p.Signers.Values).FirstOrDefault(s => s.Purpose != KeyPurpose.Release && s.Keys.Contains(key));
        if (owner is not null)
        {
            return finding with { Verified = null, Why = VerdictDiagnostics.WrongPurpose.Now(key.Fingerprint, owner.Purpose.Name()) };
        }

        return CountsForNothing(key)
            ? finding with { Why = Revoked(key.Fingerprint) }
            : finding;
    }

    /// <summary>A key that was taken from its signer when it was revoked is known by its fingerprint alone.</summary>
    private string? FingerprintOf(LineFinding finding) => request.Lines.Lines.FirstOrDefault(l => l.Number == finding.Number) is { Hint.Length: > 0 } line
        ? $"sha256:{Convert.ToHexStringLower(Convert.FromBase64String(line.Hint))}"
        : null;

    private Diagnostic Revoked(string fingerprint) =>
        VerdictDiagnostics.RevokedKey.Now(fingerprint, Revocation(fingerprint) is { Reason.Length: > 0 } revoked ? revoked.Reason : "no reason given");

    /// <summary>A revoked key counts for nothing, except for what this machine accepted before (specs: trust 2).</summary>
    private bool CountsForNothing(PublicKey key) => !IsAcceptedIdentity && IsRevoked(key);

    private RevokedKey? Revocation(string fingerprint) => _trust.Policies.SelectMany(p => p.Revoked).FirstOrDefault(r => r.Fingerprint == fingerprint);
}
