using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Cosigning;

/// <summary>Makes signature lines from a request alone, and takes in lines that were made elsewhere.</summary>
public static class Cosigner
{
    /// <summary>The role a key signs in when none is named: the only one that is asked for (CAP3016).</summary>
    public static Result<string> RoleOf(CosignRequest request, string? named)
    {
        var role = named ?? (request.Roles.Count == 1 ? request.Roles[0].Role : ReleasePredicate.DefaultRole);
        return request.Roles.Any(r => r.Role == role)
            ? role
            : CosignDiagnostics.RoleNotRequested.Now(role, string.Join(", ", request.Roles.Select(r => r.Role)));
    }

    /// <summary>One line for each key in its role (CAP3010, CAP3016, CAP3210 to CAP3219).</summary>
    public static async Task<Result<SignatureLines>> SignAsync(
        CosignRequest request, IReadOnlyList<(IKeySigner Signer, string? Role)> signers, CancellationToken cancel)
    {
        if (signers.Count == 0)
        {
            return KeyDiagnostics.NoKey.Now();
        }

        var lines = SignatureLines.None;
        foreach (var (signer, named) in signers)
        {
            var role = RoleOf(request, named);
            var signed = role.Succeeded
                ? await PackageSigner.SignAsync(new SignRequest { Package = request.Package, Signers = [signer], Role = role.Value, Existing = lines }, cancel)
                : Result.Failed<SignatureLines>(role.Diagnostics);
            if (!signed.Succeeded)
            {
                return signed;
            }

            lines = signed.Value;
        }

        return lines;
    }

    /// <summary>
    /// Adds lines that were made elsewhere, all or none: each must be a release of exactly this package, made by a key that is known or that
    /// comes along (CAP3000, CAP3003, CAP3004, CAP3010, CAP3014, CAP3017).
    /// </summary>
    /// <param name="package">The package, complete.</param>
    /// <param name="present">The lines that are there.</param>
    /// <param name="brought">The lines to add, by the file they came from.</param>
    /// <param name="known">Keys of trust file and key store.</param>
    public static Result<SignatureLines> Attach(
        Core.Plans.PackageReference package, SignatureLines present, IReadOnlyList<(string File, SignatureLines Lines)> brought, IEnumerable<PublicKey> known)
    {
        var facts = PackageFacts.From(package, null, default);
        if (!facts.Succeeded)
        {
            return Result.Failed<SignatureLines>(facts.Diagnostics);
        }

        try
        {
            var keys = known.ToHashSet();
            foreach (var (file, lines) in brought)
            {
                if (Problem(facts.Value, lines, [.. keys, .. lines.OfferedKeys()]) is { } problem)
                {
                    return CosignDiagnostics.NotAttached.In(file, Path.GetFileName(file), problem);
                }
            }
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }

        var joined = brought.SelectMany(b => b.Lines.Lines).Aggregate(present, (all, line) => all.With(line));
        return SignatureLines.Read(joined.ToBytes());
    }

    private static string? Problem(PackageFacts facts, SignatureLines lines, IReadOnlyCollection<PublicKey> keys)
    {
        if (lines.Lines.Count == 0)
        {
            return "It has no lines.";
        }

        var findings = LineChecker.Check(lines, facts.Claim, keys, recover: true);
        return lines.Lines.Zip(findings).Select(l => l.First switch
        {
            { Key: not null } key => key.Statement!.Identity == facts.Identity ? null : $"Line {key.Number} is about other contents.",
            _ => l.Second.Verified is null ? l.Second.Why!.Message : null,
        }).FirstOrDefault(problem => problem is not null);
    }
}
