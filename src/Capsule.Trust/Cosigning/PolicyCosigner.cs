using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Cosigning;

/// <summary>Signs a trust file from a request alone, and takes in lines that were made elsewhere.</summary>
public static class PolicyCosigner
{
    /// <summary>One line for each key (CAP3210 to CAP3219).</summary>
    public static async Task<Result<SignatureLines>> SignAsync(PolicyRequest request, IReadOnlyList<IKeySigner> signers, CancellationToken cancel)
    {
        var made = await PolicySigner.LinesAsync(request.Statement, signers, cancel);
        return made.Succeeded
            ? made.Value.Aggregate(SignatureLines.None, (all, line) => all.With(line))
            : Result.Failed<SignatureLines>(made.Diagnostics);
    }

    /// <summary>Adds lines that were made elsewhere, all or none: each must be by a root signer over exactly this file (CAP3019, CAP3119, CAP3129).</summary>
    /// <param name="policy">The file.</param>
    /// <param name="used">The version that the machine has used.</param>
    /// <param name="brought">The lines, by the file they came from.</param>
    /// <param name="cancel">Stops waiting for another process.</param>
    public static async Task<Result<SignatureLines>> AttachAsync(
        TrustPolicy policy, PolicyRoot? used, IReadOnlyList<(string File, SignatureLines Lines)> brought, CancellationToken cancel)
    {
        if (PolicySigner.Problem(policy) is { } problem)
        {
            return problem;
        }

        foreach (var (file, lines) in brought)
        {
            if (lines.Lines.Count == 0)
            {
                return CosignDiagnostics.PolicyNotAttached.In(file, Path.GetFileName(file), "It has no lines.");
            }

            try
            {
                if (lines.Lines.FirstOrDefault(line => PolicyRotation.Verified(policy, used, SignatureLines.None.With(line)).Count == 0) is { } stray)
                {
                    return CosignDiagnostics.PolicyNotAttached.In(file, Path.GetFileName(file), $"It is line {stray.Number}.");
                }
            }
            catch (RefusedException refused)
            {
                return refused.Diagnostic;
            }
        }

        return await PolicySigner.AddAsync(policy, [.. brought.SelectMany(b => b.Lines.Lines)], cancel);
    }
}
