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
    /// that were there (CAP2nnn, CAP30nn, CAP3210 to CAP3214, CAP3219). After an error the file of lines is as it was.
    /// </summary>
    public static async Task<Result<SignatureLines>> SignAsync(SignContainerRequest request, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(request.Container, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<SignatureLines>(opened.Diagnostics);
        }

        var (package, info) = (opened.Value, opened.Value.Info);
        var present = request.Existing is { } file ? await SignatureLines.ReadFileAsync(file, cancel)
            : package.SignatureLines is { } bytes ? SignatureLines.Read(bytes)
            : SignatureLines.None;
        var attestations = request.Signers.Any(s => s.Purpose == KeyPurpose.Provenance)
            ? PackageAttestations.From(package.Attachments, package.Tree.Identity)
            : Result.Of<IReadOnlyList<ReadOnlyMemory<byte>>>([]);
        if (!present.Succeeded || !attestations.Succeeded)
        {
            return Result.Failed<SignatureLines>([.. present.Diagnostics, .. attestations.Diagnostics]);
        }

        var signed = await PackageSigner.SignAsync(
            new SignRequest
            {
                Package = new PackageReference(info.Family, info.Scope ?? request.Publisher, info.Name, info.Version ?? request.Version, package.Tree.Identity),
                Signers = request.Signers,
                Role = request.Role,
                Existing = present.Value,
                Attestations = attestations.Value,
            },
            cancel);
        if (signed.Succeeded)
        {
            WholeFile.Write(request.Signatures, signed.Value.ToBytes());
        }

        return signed;
    }
}
