using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key register</c>.</summary>
internal static class RegisterKey
{
    public static Command Make()
    {
        var id = new Argument<string>("KEY") { Description = "An id from 'capsule key list', or a file with the public key." };
        var signer = new Option<string?>("--signer") { Description = "Who it belongs to; the key's id when left out. A signer that is there gets one more key.", HelpName = "NAME" };
        var role = new Option<string?>("--role") { Description = "The role it may speak in; release when left out. Needs --scope.", HelpName = "ROLE" };
        var scope = new Option<string?>("--scope") { Description = "The packages it may speak about: publisher/* or publisher/slug.", HelpName = "PATTERN" };
        var policy = PolicyFile.Option();
        return Verb.Define("register", "Registers a key in a policy file.\n\nExample: capsule key register laptop --signer alice --role security --scope 'acme/*'",
            [id, signer, role, scope, policy],
            (context, _) => Task.FromResult(Register(context, context.Get(id), context.Get(signer), context.Get(role), context.Get(scope), policy)));
    }

    private static Answer Register(VerbContext context, string name, string? signer, string? role, string? scope, Option<string?> policy)
    {
        if (role is not null && scope is null)
        {
            return Answer.Failed(CommandDiagnostics.Usage.Now("--role needs --scope: a role is one about some packages.", "capsule key register"));
        }

        var (key, registry) = (PolicyFile.Known(context, name), PolicyFile.Open(context, policy));
        if (!key.Succeeded || !registry.Succeeded)
        {
            return Answer.Failed([.. key.Diagnostics, .. registry.Diagnostics]);
        }

        var id = Path.GetFileNameWithoutExtension(name);
        return PolicyFile.Tell(
            registry.Value, registry.Value.Register(new KeyRegistration(id, key.Value, signer ?? id, role, scope)),
            ("signer", signer ?? id), ("fingerprint", key.Value.Key.Fingerprint), ("role", role), ("scope", scope));
    }
}
