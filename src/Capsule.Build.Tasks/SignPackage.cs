using Capsule.Core.Diagnostics;
using Capsule.Distribution.Release;
using Capsule.Trust.Keys;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Signs the container: one line for each key and statement. The keys are read here, by their names (specs: msbuild-sdk 5.4).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class SignPackage : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        RefuseLoggedEnvironment();
        var signers = new List<RoleSigner>();
        try
        {
            foreach (var (key, variable) in ReleaseKeys())
            {
                signers.Add(new RoleSigner(await OpenAsync(key.Key, KeyPurpose.Release, variable, cancel), key.Role ?? Role));
            }

            if (signers.Count > 0)
            {
                foreach (var key in Keys("CapsuleProvenance", ProvenanceKeyIds, ProvenanceKeyFiles, ProvenanceSigner))
                {
                    signers.Add(new RoleSigner(await OpenAsync(key.Key, KeyPurpose.Provenance, ProvenancePassphraseVariable, cancel), Role));
                }
            }

            var signed = await ContainerSigner.SignAsync(
                new SignContainerRequest(Absolute(Container), Absolute(Signatures), signers) { Existing = Absolute(OrNull(Existing) ?? Signatures) }, cancel);
            if (signed.Succeeded)
            {
                Made(Absolute(Signatures));
            }

            return signed.Diagnostics;
        }
        finally
        {
            signers.ForEach(s => s.Signer.Dispose());
        }
    }

    private IEnumerable<(RoleKey Key, string? PassphraseVariable)> ReleaseKeys() =>
    [
        .. Keys("Capsule", KeyIds, KeyFiles, Signer).Select(key => (key, PassphraseVariable)),
        .. SigningKeys.Select(item => (
            new RoleKey(KeyReference.Parse(Located(item.ItemSpec), "CapsuleSigningKey").OrRefuse(), OrNull(item.GetMetadata("Role"))),
            OrNull(item.GetMetadata("PassphraseVariable")) ?? PassphraseVariable)),
    ];

    private IEnumerable<RoleKey> Keys(string prefix, string[] ids, string[] files, string? signer) =>
    [
        .. ids.Select(id => RoleKey.Parse(id, $"{prefix}KeyId").OrRefuse()),
        .. files.Select(file => new RoleKey(KeyReference.Parse($"file:{Absolute(file)}", $"{prefix}KeyFile").OrRefuse(), null)),
        .. OrNull(signer) is { } command ? [new RoleKey(KeyReference.Parse($"command:{command}", $"{prefix}Signer").OrRefuse(), null)] : Array.Empty<RoleKey>(),
    ];

    /// <summary>A key file starts from the project's folder.</summary>
    private string Located(string reference) => reference.StartsWith("file:", StringComparison.Ordinal) && reference.Length > "file:".Length
        ? $"file:{Absolute(reference["file:".Length..])}"
        : reference;

    private async Task<IKeySigner> OpenAsync(KeyReference key, KeyPurpose purpose, string? variable, CancellationToken cancel)
    {
        var here = key is KeyReference.Command command ? command with { StartFrom = TaskEnvironment.GetProcessStartInfo } : key;
        return (await KeyOpener.OpenAsync(here, purpose, KeyStore.In(CapsuleHome()), SecretNamed(variable), cancel)).OrRefuse();
    }
}
