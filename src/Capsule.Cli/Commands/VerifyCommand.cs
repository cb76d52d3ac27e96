using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Installing;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule verify FILE</c>: every byte against the tree, every signature against the trust file; changes nothing.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A container, or the .nupkg around one." };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var trust = new TrustOptions();
        return Verb.Define("verify", "Checks a package file's content and who signed it, against your trust file.\n\nExample: capsule verify out/acme.my-kit.1.0.0.nupkg",
            [file, publisher, version, .. trust.Symbols],
            (context, cancel) => VerifyAsync(context, context.FullPath(context.Get(file)), context.Get(publisher), context.Get(version), trust, cancel));
    }

    private static async Task<Answer> VerifyAsync(
        VerbContext context, string file, string? publisher, string? version, TrustOptions options, CancellationToken cancel)
    {
        var trust = options.Open(context);
        var opened = await PackageReader.OpenAsync(file, cancel);
        if (!trust.Succeeded || !opened.Succeeded)
        {
            return Answer.Failed([.. trust.Diagnostics, .. opened.Diagnostics]);
        }

        var tree = await opened.Value.VerifyAsync(cancel);
        var lines = opened.Value.SignatureLines is { } bytes ? SignatureLines.Read(bytes) : SignatureLines.None;
        if (!tree.Succeeded || !lines.Succeeded)
        {
            return Answer.Failed([.. tree.Diagnostics, .. lines.Diagnostics]);
        }

        var info = opened.Value.Info;
        var stated = ManifestStatement.Check(opened.Value);
        if (stated is not null)
        {
            return Answer.Failed(stated);
        }

        var verified = PackageVerifier.Verify(new VerifyRequest
        {
            Package = new PackageReference(info.Family, info.Scope ?? publisher, info.Name, info.Version ?? version, tree.Value.Identity),
            Lines = lines.Value,
            Trust = trust.Value,
            ExpectedIdentity = options.Identity(context),
            Now = DateTimeOffset.UtcNow,
        });
        return Answer.From(verified, package => Answer.Ok(
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
            }));
    }

    private static string Why(VerifiedPackage package) => package.Signers.Count > 0
        ? $"your trust file: {string.Join(", ", package.Signers)}"
        : package.Basis.ToString().ToLowerInvariant();

    private static string Attested(VerifiedAttestation line) => line.Signer is { } signer
        ? $"{line.Name} signed by {signer}"
        : $"{line.Name} signed by a key that your trust file does not know: {line.Key.Fingerprint}";
}
