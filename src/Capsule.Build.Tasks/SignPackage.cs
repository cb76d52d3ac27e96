using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Keys;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Signs the container: one line for each key. The keys are read here, by their names (specs: msbuild-sdk 5.4).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class SignPackage : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        RefuseLoggedEnvironment();
        var opened = await PackageReader.OpenAsync(Absolute(Container), cancel);
        if (!opened.Succeeded)
        {
            return opened.Diagnostics;
        }

        var signers = new List<IKeySigner>();
        try
        {
            foreach (var key in Keys())
            {
                signers.Add(await OpenAsync(key, cancel));
            }

            var info = opened.Value.Info;
            var signed = await PackageSigner.SignAsync(
                new SignRequest
                {
                    Package = new PackageReference(info.Family, info.Scope, info.Name, info.Version, opened.Value.Tree.Identity),
                    Signers = signers,
                    Role = Role,
                },
                cancel);
            if (signed.Succeeded)
            {
                WholeFile.Write(Absolute(Signatures), signed.Value.ToBytes());
                Made(Absolute(Signatures));
            }

            return signed.Diagnostics;
        }
        finally
        {
            signers.ForEach(s => s.Dispose());
        }
    }

    private IEnumerable<KeyReference> Keys() =>
    [
        .. KeyIds.Select(id => KeyReference.Parse(id, "CapsuleKeyId").OrRefuse()),
        .. KeyFiles.Select(file => KeyReference.Parse($"file:{Absolute(file)}", "CapsuleKeyFile").OrRefuse()),
        .. OrNull(Signer) is { } command ? [KeyReference.Parse($"command:{command}", "CapsuleSigner").OrRefuse()] : Array.Empty<KeyReference>(),
    ];

    private async Task<IKeySigner> OpenAsync(KeyReference key, CancellationToken cancel)
    {
        var passphrase = OrNull(PassphraseVariable) is { } variable ? SecretReference.Environment(variable) : null;
        return (await KeyOpener.OpenAsync(key, KeyStore.In(CapsuleHome()), passphrase, cancel)).OrRefuse();
    }
}
