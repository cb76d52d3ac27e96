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
    private readonly PassphraseOptions _passphrase = new();

    public IReadOnlyList<Symbol> Symbols => [_keys, .. _passphrase.Symbols];

    public bool AreNamed(VerbContext context) => context.Get(_keys) is { Length: > 0 };

    /// <summary>Adds the keys' lines to those beside the container, and writes them there.</summary>
    public Task<Result<SignatureLines>> SignAsync(VerbContext context, string container, string? publisher, string? version, CancellationToken cancel) =>
        UseAsync(context, signers => ContainerSigner.SignAsync(
            new SignContainerRequest(container, container + SignatureLines.Suffix, [.. signers.Select(s => new RoleSigner(s.Signer, s.Role!))]) { Publisher = publisher, Version = version },
            cancel), ReleasePredicate.DefaultRole, cancel);

    /// <summary>Opens the keys, works with them, and closes them. A key without a role of its own gets the one given.</summary>
    public async Task<Result<T>> UseAsync<T>(
        VerbContext context, Func<IReadOnlyList<(IKeySigner Signer, string? Role)>, Task<Result<T>>> work, string? role, CancellationToken cancel)
        where T : class
    {
        var signers = new List<(IKeySigner Signer, string? Role)>();
        try
        {
            foreach (var name in context.Get(_keys) ?? [])
            {
                var key = RoleKey.Parse(name, "--key");
                var opened = key.Succeeded
                    ? await KeyOpener.OpenAsync(key.Value.Key, KeyStore.In(context.Home.Root), _passphrase.Of(context, cancel), cancel)
                    : Result.Failed<IKeySigner>(key.Diagnostics);
                if (!opened.Succeeded)
                {
                    return Result.Failed<T>(opened.Diagnostics);
                }

                signers.Add((opened.Value, key.Value!.Role ?? role));
            }

            return await work(signers);
        }
        finally
        {
            signers.ForEach(s => s.Signer.Dispose());
        }
    }
}
