using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust;
using Capsule.Trust.Quorum;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule verify FILE</c>: every byte against the tree, every signature against the trust file; changes nothing.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A container, the .nupkg around one, or the folder one was unpacked to." };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var explain = new Option<bool>("--explain") { Description = "Show the whole count: who signed, who could, the smallest set still missing, and why a line does not count." };
        var trust = new TrustOptions();
        return Verb.Define("verify", "Checks a package's content and who signed it, against your trust file. Asks no network.\n\nExample: capsule verify out/acme.my-kit.1.0.0.nupkg",
            [file, publisher, version, .. trust.Symbols, explain],
            async (context, cancel) =>
            {
                var request = await ReadAsync(context, context.FullPath(context.Get(file)), context.Get(publisher), context.Get(version), trust, cancel);
                return request.Succeeded ? Tell(PackageVerifier.Explain(request.Value), context.Get(explain)) : Answer.Failed(request.Diagnostics);
            });
    }

    private static async Task<Result<VerifyRequest>> ReadAsync(
        VerbContext context, string file, string? publisher, string? version, TrustOptions options, CancellationToken cancel)
    {
        var (trust, read) = (options.Open(context), await PackageFile.ReadAsync(file, publisher, version, cancel));
        return !trust.Succeeded || !read.Succeeded ? Result.Failed<VerifyRequest>([.. trust.Diagnostics, .. read.Diagnostics]) : new VerifyRequest
        {
            Package = read.Value.Package,
            Lines = read.Value.Lines,
            Trust = trust.Value,
            ExpectedIdentity = options.Identity(context),
            Now = DateTimeOffset.UtcNow,
        };
    }

    private static Answer Tell(TrustExplanation decision, bool explain)
    {
        var answer = Answer.From(decision.Verdict, Trusted);
        if (!explain)
        {
            return answer;
        }

        var data = answer.Data as JsonObject ?? [];
        data["explanation"] = TrustAnswer.Json(decision);
        return answer with { Data = data, Text = string.Join('\n', TrustAnswer.Text(decision).Prepend(answer.Text ?? "refused")) };
    }

    private static Answer Trusted(VerifiedPackage package) => Answer.Ok(
        $"{package.Package.Scope}/{package.Package.Name} {package.Package.Version}\n{package.Package.Identity}\ntrusted by {Why(package)}{string.Concat(package.Attestations.Select(a => $"\n{Attested(a)}"))}",
        new JsonObject
        {
            ["package"] = $"{package.Package.Scope}/{package.Package.Name}",
            ["version"] = package.Package.Version,
            ["identity"] = package.Package.Identity,
            ["basis"] = package.Basis.ToString().ToLowerInvariant(),
            ["signers"] = new JsonArray([.. package.Signers.Select(s => JsonValue.Create(s))]),
            ["keys"] = new JsonArray([.. package.Keys.Select(k => JsonValue.Create(k.Fingerprint))]),
            ["attestations"] = new JsonArray([.. package.Attestations.Select(a => new JsonObject
            {
                ["type"] = a.PredicateType,
                ["key"] = a.Key.Fingerprint,
                ["signer"] = a.Signer,
            })]),
        });

    private static string Why(VerifiedPackage package) => package.Signers.Count > 0
        ? $"your trust file: {string.Join(", ", package.Signers)}"
        : package.Basis.ToString().ToLowerInvariant();

    private static string Attested(VerifiedAttestation line) => line.Signer is { } signer
        ? $"{line.Name} signed by {signer}"
        : $"{line.Name} signed by a key that your trust file does not know: {line.Key.Fingerprint}";
}
