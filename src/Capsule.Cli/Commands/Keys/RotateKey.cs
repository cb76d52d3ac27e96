using System.CommandLine;
using System.Globalization;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key rotate</c>.</summary>
internal static class RotateKey
{
    public static Command Make()
    {
        var old = new Argument<string>("OLD") { Description = "The registered key: an id, a file with the public key, or a fingerprint: sha256: and 64 hex digits." };
        var next = new Argument<string>("NEW") { Description = "The key that follows it: an id, or a file with the public key." };
        var reason = new Option<string>("--reason") { Description = "Why the old one is revoked, for people.", DefaultValueFactory = _ => "replaced", HelpName = "TEXT" };
        var until = new Option<string?>("--keep-until") { Description = "Revoke nothing: the old key counts beside the new one until then, for example 2027-03-31T00:00:00Z.", HelpName = "TIME" };
        var policy = new PolicyOptions();
        return Verb.Define("rotate", "Puts a new key into the place of an old one, in a policy file, and lists the atoms that fall below their quorum.\n\nExample: capsule key rotate laptop laptop-2027 --keep-until 2027-03-31T00:00:00Z",
            [old, next, reason, until, .. policy.All],
            (context, cancel) => Task.FromResult(Rotate(context, context.Get(old), context.Get(next), context.Get(reason), context.Get(until), policy, cancel)));
    }

    private static Answer Rotate(VerbContext context, string old, string next, string reason, string? until, PolicyOptions policy, CancellationToken cancel)
    {
        DateTimeOffset? end = null;
        if (until is not null)
        {
            if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return Answer.Failed(CommandDiagnostics.Usage.Now($"'{until}' is not a point in time: write it as 2027-03-31T00:00:00Z.", "capsule key rotate"));
            }

            end = moment;
        }

        var (from, to) = (NamedKey.Named(context, old), NamedKey.Known(context, next));
        var file = policy.Open(context, from);
        if (!to.Succeeded || !file.Succeeded)
        {
            return Answer.Failed([.. to.Diagnostics, .. file.Diagnostics]);
        }

        if (file.Value.Catalog is null && from.Known is null && !old.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return Answer.Failed(NamedKey.Known(context, old).Diagnostics);
        }

        return file.Value.Tell(
            file.Value.Registry.Rotate(new KeyRotation(from, to.Value, NamedKey.IdOf(context, next), reason, end)), cancel,
            ("old", file.Value.Fingerprint(from)), ("new", file.Value.Fingerprint(to.Value)), ("until", until));
    }
}
