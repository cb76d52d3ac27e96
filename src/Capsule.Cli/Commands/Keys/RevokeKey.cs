using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key revoke</c>.</summary>
internal static class RevokeKey
{
    public static Command Make()
    {
        var key = new Argument<string>("KEY") { Description = "An id from 'capsule key list' or of ATOMS.yml, a file with the public key, or a fingerprint: sha256: and 64 hex digits." };
        var reason = new Option<string>("--reason") { Description = "Why, for people.", DefaultValueFactory = _ => "revoked", HelpName = "TEXT" };
        var policy = new PolicyOptions();
        return Verb.Define(
            "revoke", "Makes a key count for nothing from now on, in a policy file, and lists the atoms that fall below their quorum.\n\nExample: capsule key revoke laptop --reason 'lost laptop'",
            [key, reason, .. policy.All],
            (context, cancel) => Task.FromResult(Revoke(context, context.Get(key), context.Get(reason), policy, cancel)));
    }

    private static Answer Revoke(VerbContext context, string text, string reason, PolicyOptions policy, CancellationToken cancel)
    {
        var key = NamedKey.Named(context, text);
        var file = policy.Open(context, key);
        if (!file.Succeeded)
        {
            return Answer.Failed(file.Diagnostics);
        }

        // A trust file revokes fingerprints; a catalog knows its keys by their ids too.
        if (file.Value.Catalog is null && key.Known is null && !text.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return Answer.Failed(NamedKey.Known(context, text).Diagnostics);
        }

        return file.Value.Tell(file.Value.Registry.Revoke(key, reason), cancel, ("fingerprint", file.Value.Fingerprint(key)), ("reason", reason));
    }
}
