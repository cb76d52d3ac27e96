using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Distribution.Release;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

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

            return await ContainerSigner.SignAsync(
                new SignContainerRequest(container, container + SignatureLines.Suffix, signers) { Publisher = publisher, Version = version }, cancel);
        }
        finally
        {
            signers.ForEach(s => s.Dispose());
        }
    }
}
