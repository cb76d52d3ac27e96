using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key revoke</c>.</summary>
internal static class RevokeKey
{
    public static Command Make()
    {
        var key = new Argument<string>("KEY") { Description = "An id from 'capsule key list', a file with the public key, or a fingerprint: sha256: and 64 hex digits." };
        var reason = new Option<string>("--reason") { Description = "Why, for people.", DefaultValueFactory = _ => "revoked", HelpName = "TEXT" };
        var policy = PolicyFile.Option();
        return Verb.Define("revoke", "Makes a key count for nothing from now on, in a policy file.\n\nExample: capsule key revoke laptop --reason 'lost laptop'", [key, reason, policy], (context, _) =>
        {
            var (name, registry) = (PolicyFile.Named(context, context.Get(key)), PolicyFile.Open(context, policy));
            return Task.FromResult(name.Succeeded && registry.Succeeded
                ? PolicyFile.Tell(registry.Value, registry.Value.Revoke(name.Value, context.Get(reason)), ("fingerprint", name.Value.Fingerprint), ("reason", context.Get(reason)))
                : Answer.Failed([.. name.Diagnostics, .. registry.Diagnostics]));
        });
    }
}
