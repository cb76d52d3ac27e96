using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum;

namespace Capsule.Trust;

/// <summary>Decides whether a package is trusted (specs: trust 2 and 4). Reads nothing, writes nothing.</summary>
public static class PackageVerifier
{
    /// <summary>The package with the reason for its trust; or why not, with exit 5. Notes about lines that did not count come along.</summary>
    public static Result<VerifiedPackage> Verify(VerifyRequest request) => Explain(request).Verdict;

    /// <summary>The same decision, and how it came about: each line, each trust file, each term.</summary>
    public static TrustExplanation Explain(VerifyRequest request)
    {
        var facts = PackageFacts.From(request.Package, request.Feed, request.Now);
        if (!facts.Succeeded)
        {
            return Undecided(Result.Failed<VerifiedPackage>(facts.Diagnostics));
        }

        if (Contradiction(request, facts.Value) is { } contradiction)
        {
            return Undecided(contradiction);
        }

        var notes = new List<Diagnostic>();
        try
        {
            var decision = new Verification(request, facts.Value, notes).Decide();
            return decision with { Verdict = decision.Verdict with { Diagnostics = [.. decision.Verdict.Diagnostics, .. notes.Distinct()] } };
        }
        catch (RefusedException refused)
        {
            return Undecided(refused.Diagnostic);
        }
    }

    private static TrustExplanation Undecided(Result<VerifiedPackage> verdict) => new(verdict, [], []);

    private static Diagnostic? Contradiction(VerifyRequest request, PackageFacts facts)
    {
        if (request.ExpectedIdentity is { } expected && expected != facts.Identity)
        {
            return VerdictDiagnostics.OtherIdentity.Now(facts.Title, facts.Identity, expected);
        }

        var memory = request.Trust.State.Packages.GetValueOrDefault(facts.Package);
        if (memory?.Identities.GetValueOrDefault(facts.Version.Text) is { } known && known != facts.Identity)
        {
            return VerdictDiagnostics.IdentityChanged.Now(facts.Title, known, facts.Identity);
        }

        return request.IsLatest && memory is not null && facts.Version.CompareTo(memory.Highest) < 0
            ? VerdictDiagnostics.WentBack.Now(facts.Package, facts.Version.Text, memory.Highest.Text)
            : null;
    }
}
