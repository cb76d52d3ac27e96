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
        var signers = new List<IKeySigner>();
        try
        {
            foreach (var key in Keys("Capsule", KeyIds, KeyFiles, Signer))
            {
                signers.Add(await OpenAsync(key, KeyPurpose.Release, PassphraseVariable, cancel));
            }

            if (signers.Count > 0)
            {
                foreach (var key in Keys("CapsuleProvenance", ProvenanceKeyIds, ProvenanceKeyFiles, ProvenanceSigner))
                {
                    signers.Add(await OpenAsync(key, KeyPurpose.Provenance, ProvenancePassphraseVariable, cancel));
                }
            }

            var signed = await ContainerSigner.SignAsync(
                new SignContainerRequest(Absolute(Container), Absolute(Signatures), signers)
                {
                    Existing = Absolute(OrNull(Existing) ?? Signatures),
                    Role = Role,
                },
                cancel);
            if (signed.Succeeded)
            {
                Made(Absolute(Signatures));
            }

            return signed.Diagnostics;
        }
        finally
        {
            signers.ForEach(s => s.Dispose());
        }
    }

    private IEnumerable<KeyReference> Keys(string prefix, string[] ids, string[] files, string? signer) =>
    [
        .. ids.Select(id => KeyReference.Parse(id, $"{prefix}KeyId").OrRefuse()),
        .. files.Select(file => KeyReference.Parse($"file:{Absolute(file)}", $"{prefix}KeyFile").OrRefuse()),
        .. OrNull(signer) is { } command ? [KeyReference.Parse($"command:{command}", $"{prefix}Signer").OrRefuse()] : Array.Empty<KeyReference>(),
    ];

    private async Task<IKeySigner> OpenAsync(KeyReference key, KeyPurpose purpose, string? variable, CancellationToken cancel)
    {
        var here = key is KeyReference.Command command ? command with { StartFrom = TaskEnvironment.GetProcessStartInfo } : key;
        return (await KeyOpener.OpenAsync(here, purpose, KeyStore.In(CapsuleHome()), SecretNamed(variable), cancel)).OrRefuse();
    }
}
