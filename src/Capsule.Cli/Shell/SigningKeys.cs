using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;

namespace Capsule.Cli.Shell;

/// <summary>The keys a call names, and the signing of a container with them.</summary>
internal sealed class SigningKeys
{
    private readonly Option<string[]> _keys = CommonOptions.Key();
    private readonly Option<string?> _variable = CommonOptions.PassphraseVariable();
    private readonly Option<string?> _file = CommonOptions.PassphraseFile();

    public IReadOnlyList<Symbol> Symbols => [_keys, _variable, _file];

    public bool AreNamed(VerbContext context) => context.Get(_keys) is { Length: > 0 };

    /// <summary>Adds the keys' lines to those beside the container, and writes them there.</summary>
    public async Task<Result<SignatureLines>> SignAsync(VerbContext context, string container, string? publisher, string? version, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(container, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<SignatureLines>(opened.Diagnostics);
        }

        var present = opened.Value.SignatureLines is { } bytes ? SignatureLines.Read(bytes) : SignatureLines.None;
        if (!present.Succeeded)
        {
            return present;
        }

        var signers = new List<IKeySigner>();
        try
        {
            foreach (var name in context.Get(_keys))
            {
                var reference = KeyReference.Parse(name, "--key");
                var opener = reference.Succeeded
                    ? await KeyOpener.OpenAsync(reference.Value, KeyStore.In(context.Home.Root), context.Passphrase(_variable, _file), cancel)
                    : Result.Failed<IKeySigner>(reference.Diagnostics);
                if (!opener.Succeeded)
                {
                    return Result.Failed<SignatureLines>(opener.Diagnostics);
                }

                signers.Add(opener.Value);
            }

            var info = opened.Value.Info;
            var signed = await PackageSigner.SignAsync(
                new SignRequest
                {
                    Package = new PackageReference(info.Family, info.Scope ?? publisher, info.Name, info.Version ?? version, opened.Value.Tree.Identity),
                    Signers = signers,
                    Existing = present.Value,
                    Attestations = Attestations(opened.Value),
                },
                cancel);
            if (signed.Succeeded)
            {
                WholeFile.Write(container + SignatureLines.Suffix, signed.Value.ToBytes());
            }

            return signed;
        }
        finally
        {
            signers.ForEach(s => s.Dispose());
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Attestations(OpenedPackage package) =>
        package.Attachments.TryGetValue(ProvenanceDocument.FileName, out var provenance) ? [provenance] : [];
}
