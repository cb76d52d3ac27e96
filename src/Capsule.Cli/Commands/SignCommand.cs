using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule sign CONTAINER</c>: one more line a key, in <c>CONTAINER.sigstore.jsonl</c>; or on several machines, by a request.</summary>
internal static class SignCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A .capakit or .capsule file, a .nupkg, or a request that --request wrote." };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var request = new Option<string?>("--request") { Description = "Sign nothing: write what a co-signer on another machine needs.", HelpName = "FILE" };
        var role = new Option<string[]>("--role") { Description = "With --request: a role to ask for; those still missing when left out. May be repeated.", HelpName = "ROLE" };
        var attach = new Option<string[]>("--attach") { Description = "Sign nothing: add the lines of this file, made elsewhere, after checking them. May be repeated.", HelpName = "FILE" };
        var keys = new SigningKeys();
        return Verb.Define("sign", "Signs a container; the lines of other signers beside it stay.\n\nExample: capsule sign out/my-kit.capakit --key laptop --key security=auditor --passphrase-variable MY_PASSPHRASE",
            [file, publisher, version, .. keys.Symbols, request, role, attach],
            async (context, cancel) =>
            {
                var path = context.FullPath(context.Get(file));
                var (asks, brings, names) = (context.Get(request), context.Get(attach) ?? [], context.Get(role) ?? []);
                if ((asks is null ? 0 : 1) + (brings.Length > 0 ? 1 : 0) + (keys.AreNamed(context) ? 1 : 0) > 1 || (names.Length > 0 && asks is null))
                {
                    return Answer.Failed(CommandDiagnostics.Usage.Now("--key, --request and --attach are three different things to do, and --role belongs to --request.", "capsule sign"));
                }

                var (from, by) = (context.Get(publisher), context.Get(version));
                return asks is not null ? await Cosigning.RequestAsync(context, path, from, by, context.FullPath(asks), names, cancel)
                    : brings.Length > 0 ? await Cosigning.AttachAsync(context, path, from, by, [.. brings.Select(context.FullPath)], cancel)
                    : Cosigning.IsRequest(path) ? await Cosigning.SignAsync(context, path, keys, cancel)
                    : Answer.From(await keys.SignAsync(context, path, from, by, cancel), lines => Tell(path + SignatureLines.Suffix, lines));
            });
    }

    public static Answer Tell(string file, SignatureLines lines) =>
        Answer.Ok(file, new JsonObject { ["signatures"] = file, ["lines"] = lines.Lines.Count });
}
