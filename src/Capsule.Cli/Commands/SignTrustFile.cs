using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Counting;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule trust sign [FILE]</c>: one more line of a root signer beside a trust file, and what is still missing.</summary>
internal static class SignTrustFile
{
    private const string Name = "capsule trust sign";

    public static Command Make()
    {
        var file = new Argument<string?>("FILE") { Description = "The trust file, your own when left out; or a request that --request wrote.", Arity = ArgumentArity.ZeroOrOne };
        var request = new Option<string?>("--request") { Description = "Sign nothing: write what a root signer on another machine needs.", HelpName = "FILE" };
        var attach = new Option<string[]>("--attach") { Description = "Sign nothing: add the lines of this file, made elsewhere, after checking them. May be repeated.", HelpName = "FILE" };
        var keys = new SigningKeys();
        return Verb.Define("sign", "Signs a trust file that has a root role; the lines of other signers beside it stay.\n\nExample: capsule trust sign --key laptop --passphrase-variable MY_PASSPHRASE",
            [file, .. keys.Symbols, request, attach],
            async (context, cancel) =>
            {
                var path = context.Get(file) is { } named ? context.FullPath(named) : TrustContext.FileIn(context.Home.Root);
                var (asks, brings) = (context.Get(request), context.Get(attach) ?? []);
                if ((asks is null ? 0 : 1) + (brings.Length > 0 ? 1 : 0) + (keys.AreNamed(context) ? 1 : 0) > 1)
                {
                    return Answer.Failed(CommandDiagnostics.Usage.Now("--key, --request and --attach are three different things to do.", Name));
                }

                if (Cosigning.IsRequest(path))
                {
                    return await PolicyCosigning.SignAsync(context, path, keys, cancel);
                }

                var (policy, state) = (TrustFileReader.Load(path), TrustStateFile.In(context.Home.Root).Read());
                if (!policy.Succeeded || !state.Succeeded)
                {
                    return Answer.Failed([.. policy.Diagnostics, .. state.Diagnostics]);
                }

                var used = state.Value.Roots.GetValueOrDefault(policy.Value.Path);
                return asks is not null ? PolicyCosigning.Request(policy.Value, used, context.FullPath(asks))
                    : Answer.From(
                        brings.Length > 0
                            ? await PolicyCosigning.AttachAsync(policy.Value, used, [.. brings.Select(context.FullPath)], cancel)
                            : await keys.UseAsync(context, signers => PolicySigner.SignAsync(policy.Value, [.. signers.Select(s => s.Signer)], cancel), role: null, cancel),
                        lines => Tell(policy.Value, lines, used));
            });
    }

    private static Answer Tell(TrustPolicy policy, SignatureLines lines, PolicyRoot? used)
    {
        var counts = PolicyRotation.Count(policy, used, lines);
        return Answer.Ok(
            string.Join('\n', counts.SelectMany(c => QuorumText.Lines(c.Result).Prepend($"{c.Whose} root of '{c.Quorum.Scope}'")).Prepend(PolicyRotation.SignaturesOf(policy.Path))),
            new JsonObject
            {
                ["signatures"] = PolicyRotation.SignaturesOf(policy.Path),
                ["lines"] = lines.Lines.Count,
                ["version"] = policy.Version,
                ["complete"] = counts.All(c => c.Result.IsSatisfied),
                ["missing"] = new JsonArray([.. counts.SelectMany(c => c.Result.Missing).Select(m => m.Member).Distinct().Select(m => JsonValue.Create(m))]),
            });
    }
}
