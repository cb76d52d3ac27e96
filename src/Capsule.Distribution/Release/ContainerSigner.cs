using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;

namespace Capsule.Distribution.Release;

/// <summary>Signs a container and writes its lines; the one way for the SDK and for <c>capsule sign</c>.</summary>
public static class ContainerSigner
{
    /// <summary>
    /// Writes a release line for each release key, a line for provenance and one for the SBOM for each provenance key, and the lines
    /// that were there (CAP2nnn, CAP30nn, CAP4105, CAP3210 to CAP3214, CAP3219). After an error the file of lines is as it was; of two who
    /// sign at once, both are in it.
    /// </summary>
    public static async Task<Result<SignatureLines>> SignAsync(SignContainerRequest request, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(request.Container, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<SignatureLines>(opened.Diagnostics);
        }

        using var turn = await WriteTurn.TakeAsync(request.Signatures, request.Patience, cancel);
        if (turn is null)
        {
            return ReleaseDiagnostics.SignaturesBusy.Now(request.Signatures);
        }

        var present = request.Existing is { } file ? await SignatureLines.ReadFileAsync(file, cancel) : await ReadAsync(opened.Value, request.Signatures, cancel);
        var signed = present.Succeeded ? await SignAsync(request, opened.Value, present.Value, cancel) : present;
        if (signed.Succeeded)
        {
            WholeFile.Write(request.Signatures, signed.Value.ToBytes());
        }

        return signed;
    }

    /// <summary>The lines inside the package and those that lie beside it now, which may be newer than when it was opened.</summary>
    private static async Task<Result<SignatureLines>> ReadAsync(OpenedPackage package, string beside, CancellationToken cancel)
    {
        var known = package.SignatureLines is { } bytes ? SignatureLines.Read(bytes) : SignatureLines.None;
        var now = await SignatureLines.ReadFileAsync(beside, cancel);
        return known.Succeeded && now.Succeeded ? now.Value.Lines.Aggregate(known.Value, (all, line) => all.With(line)) : known.Succeeded ? now : known;
    }

    private static async Task<Result<SignatureLines>> SignAsync(
        SignContainerRequest request, OpenedPackage package, SignatureLines lines, CancellationToken cancel)
    {
        var info = package.Info;
        var attestations = request.Signers.Any(s => s.Signer.Purpose == KeyPurpose.Provenance)
            ? PackageAttestations.From(package.Attachments, package.Tree.Identity)
            : Result.Of<IReadOnlyList<ReadOnlyMemory<byte>>>([]);
        if (!attestations.Succeeded)
        {
            return Result.Failed<SignatureLines>(attestations.Diagnostics);
        }

        var sign = new SignRequest
        {
            Package = new PackageReference(info.Family, info.Scope ?? request.Publisher, info.Name, info.Version ?? request.Version, package.Tree.Identity),
            Signers = [],
            Existing = lines,
            Attestations = attestations.Value,
        };
        if (request.Signers.Count == 0)
        {
            return await PackageSigner.SignAsync(sign, cancel);
        }

        var notes = new List<Diagnostic>();
        foreach (var role in request.Signers.GroupBy(s => s.Role, StringComparer.Ordinal))
        {
            var signed = await PackageSigner.SignAsync(sign with { Signers = [.. role.Select(s => s.Signer)], Role = role.Key }, cancel);
            if (!signed.Succeeded)
            {
                return signed;
            }

            notes.AddRange(signed.Diagnostics);
            sign = sign with { Existing = signed.Value };
        }

        return Result.Of(sign.Existing, notes);
    }
}
