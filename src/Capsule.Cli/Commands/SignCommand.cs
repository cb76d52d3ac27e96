using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Trust.Envelopes;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule sign CONTAINER</c>: one more line a key, in <c>CONTAINER.sigstore.jsonl</c>.</summary>
internal static class SignCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("CONTAINER") { Description = "A .capakit or .capsule file." };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var keys = new SigningKeys();
        return Verb.Define("sign", "Signs a container; the lines of other signers beside it stay.\n\nExample: capsule sign out/my-kit.capakit --key laptop --passphrase-variable MY_PASSPHRASE",
            [file, publisher, version, .. keys.Symbols],
            async (context, cancel) =>
            {
                var container = context.FullPath(context.Get(file));
                return Answer.From(await keys.SignAsync(context, container, context.Get(publisher), context.Get(version), cancel), lines => Answer.Ok(
                    container + SignatureLines.Suffix,
                    new JsonObject { ["signatures"] = container + SignatureLines.Suffix, ["lines"] = lines.Lines.Count }));
            });
    }
}
