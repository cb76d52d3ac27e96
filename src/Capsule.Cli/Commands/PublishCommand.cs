using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule publish PACKAGE --feed ADDRESS</c>: packs when needed, checks every byte, pushes.</summary>
internal static class PublishCommand
{
    public static Command Make()
    {
        var package = new Argument<string>("PACKAGE") { Description = "A project, a container, or a .nupkg.", DefaultValueFactory = _ => "." };
        var feed = CommonOptions.Feed();
        var key = new Option<string?>("--api-key-variable") { Description = "The name of the environment variable that holds the feed's key.", HelpName = "NAME" };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var keys = new SigningKeys();
        return Verb.Define("publish", "Publishes a package to a feed.\n\nExample: capsule publish out/acme.my-kit.1.0.0.nupkg --feed /srv/feed",
            [package, feed, key, publisher, version, .. keys.Symbols], async (context, cancel) =>
            {
                var scratch = Directory.CreateTempSubdirectory("capsule-publish-");
                try
                {
                    var file = await FileAsync(context, context.FullPath(context.Get(package)), scratch.FullName, context.Get(publisher), context.Get(version), keys, cancel);
                    return file.Succeeded
                        ? await PushAsync(context, file.Value, context.Get(feed), context.Get(key), cancel)
                        : Answer.Failed(file.Diagnostics);
                }
                finally
                {
                    scratch.Delete(recursive: true);
                }
            });
    }

    private static async Task<Result<string>> FileAsync(
        VerbContext context, string package, string scratch, string? publisher, string? version, SigningKeys keys, CancellationToken cancel)
    {
        if (Directory.Exists(package) || SourcePackage.IsManifest(package))
        {
            var packed = await PackCommand.PackAsync(context, package, scratch, publisher, version, keys, cancel);
            return packed.Succeeded ? packed.Value.Package : Result.Failed<string>(packed.Diagnostics);
        }

        if (Path.GetExtension(package) == ".nupkg")
        {
            return package;
        }

        if (keys.AreNamed(context) && await keys.SignAsync(context, package, publisher, version, cancel) is { Succeeded: false } unsigned)
        {
            return Result.Failed<string>(unsigned.Diagnostics);
        }

        var envelope = await PackageEnvelope.WriteAsync(new EnvelopeRequest(package, scratch) { Publisher = publisher, Version = version }, cancel);
        return envelope.Succeeded ? envelope.Value.Path : Result.Failed<string>(envelope.Diagnostics);
    }

    private static async Task<Answer> PushAsync(VerbContext context, string nupkg, string[]? feeds, string? keyVariable, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(nupkg, cancel);
        var intact = opened.Succeeded ? await opened.Value.VerifyAsync(cancel) : null;
        if (intact is not { Succeeded: true })
        {
            return Answer.Failed([.. opened.Diagnostics, .. intact?.Diagnostics ?? []]);
        }

        var info = opened.Value!.Info;
        var name = new PackageName(info.Scope!, info.Name, info.Version);
        var targets = InstallCommand.Feeds(context, feeds);
        if (!targets.Succeeded)
        {
            return Answer.Failed(targets.Diagnostics);
        }

        if (targets.Value.Count != 1)
        {
            return Answer.Failed(CommandDiagnostics.OneFeed.Now(targets.Value.Count));
        }

        var secret = keyVariable is null ? null : SecretReference.Environment(keyVariable).Read("the feed's key");
        if (secret is { Succeeded: false })
        {
            return Answer.Failed(secret.Diagnostics);
        }

        using var key = secret?.Value;
        var pushed = await targets.Value[0].PushAsync(nupkg, name, () => key?.Use(System.Text.Encoding.UTF8.GetString), cancel);
        return Answer.From(pushed, _ => Answer.Ok($"{name}\n{targets.Value[0].Address}", new JsonObject
        {
            ["package"] = $"{name.Publisher}/{name.Slug}",
            ["version"] = name.Version,
            ["identity"] = opened.Value.Tree.Identity,
            ["feed"] = targets.Value[0].Address,
        }));
    }
}
