using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key register</c>.</summary>
internal static class RegisterKey
{
    public static Command Make()
    {
        var id = new Argument<string>("KEY") { Description = "An id from 'capsule key list', or a file with the public key." };
        var signer = new Option<string?>("--signer") { Description = "Who it belongs to; the key's id when left out. A signer that is there gets one more key.", HelpName = "NAME" };
        var role = new Option<string?>("--role") { Description = "The role it may speak in. In a trust file needs --scope and is release when left out; a catalog of atoms needs it.", HelpName = "ROLE" };
        var scope = new Option<string?>("--scope") { Description = "The packages it may speak about: publisher/* or publisher/slug.", HelpName = "PATTERN" };
        var policy = new PolicyOptions();
        return Verb.Define("register", "Registers a key in a policy file.\n\nExample: capsule key register laptop --signer alice --role security --scope 'acme/*'\n         capsule key register editor.pub --role editor --catalog .",
            [id, signer, role, scope, .. policy.All],
            (context, cancel) => Task.FromResult(Register(context, context.Get(id), context.Get(signer), context.Get(role), context.Get(scope), policy, cancel)));
    }

    private static Answer Register(
        VerbContext context, string name, string? signer, string? role, string? scope, PolicyOptions policy, CancellationToken cancel)
    {
        var key = NamedKey.Known(context, name);
        var file = key.Succeeded ? policy.Open(context, new KeyName(name, key.Value)) : Result.Failed<PolicyFile>(key.Diagnostics);
        if (!file.Succeeded)
        {
            return Answer.Failed(file.Diagnostics);
        }

        if (Misuse(file.Value.Catalog is not null, signer, role, scope) is { } misuse)
        {
            return Answer.Failed(CommandDiagnostics.Usage.Now(misuse, "capsule key register"));
        }

        var id = NamedKey.IdOf(context, name);
        var done = file.Value.Registry.Register(new KeyRegistration(id, key.Value!, signer ?? id, role, scope));
        return file.Value.Catalog is null
            ? file.Value.Tell(done, cancel, ("signer", signer ?? id), ("fingerprint", file.Value.Fingerprint(key.Value!)), ("role", role), ("scope", scope))
            : file.Value.Tell(done, cancel, ("id", id), ("fingerprint", file.Value.Fingerprint(key.Value!)), ("role", role));
    }

    private static string? Misuse(bool isCatalog, string? signer, string? role, string? scope) => (isCatalog, signer, role, scope) switch
    {
        (true, null, { } word, null) => AtomNames.IsWord(word) ? null : "--role is words of lower-case letters and digits, joined by hyphens.",
        (true, null, null, null) => $"A catalog needs --role, for example one of {string.Join(", ", AtomNames.Roles)}.",
        (true, _, _, _) => "A catalog of atoms knows neither --signer nor --scope: a key has one role in it.",
        (false, _, not null, null) => "--role needs --scope: a role is one about some packages.",
        _ => null,
    };
}
