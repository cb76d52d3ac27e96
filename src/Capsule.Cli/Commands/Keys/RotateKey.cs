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
        var old = new Argument<string>("OLD") { Description = "The registered key: an id, a file with the public key, or a fingerprint." };
        var next = new Argument<string>("NEW") { Description = "The key that follows it: an id, or a file with the public key." };
        var reason = new Option<string>("--reason") { Description = "Why the old one is revoked, for people.", DefaultValueFactory = _ => "replaced", HelpName = "TEXT" };
        var until = new Option<string?>("--keep-until") { Description = "Revoke nothing: the old key counts beside the new one until then, for example 2027-03-31T00:00:00Z.", HelpName = "TIME" };
        var policy = PolicyFile.Option();
        return Verb.Define("rotate", "Puts a new key into the place of an old one, in a policy file.\n\nExample: capsule key rotate laptop laptop-2027 --keep-until 2027-03-31T00:00:00Z",
            [old, next, reason, until, policy],
            (context, _) => Task.FromResult(Rotate(context, context.Get(old), context.Get(next), context.Get(reason), context.Get(until), policy)));
    }

    private static Answer Rotate(VerbContext context, string old, string next, string reason, string? until, Option<string?> policy)
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

        var (from, to, registry) = (PolicyFile.Named(context, old), PolicyFile.Known(context, next), PolicyFile.Open(context, policy));
        return from.Succeeded && to.Succeeded && registry.Succeeded
            ? PolicyFile.Tell(
                registry.Value, registry.Value.Rotate(new KeyRotation(from.Value, to.Value, Path.GetFileNameWithoutExtension(next), reason, end)),
                ("old", from.Value.Fingerprint), ("new", to.Value.Key.Fingerprint), ("until", until))
            : Answer.Failed([.. from.Diagnostics, .. to.Diagnostics, .. registry.Diagnostics]);
    }
}
