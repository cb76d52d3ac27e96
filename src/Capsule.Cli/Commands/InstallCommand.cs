using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution;
using Capsule.Distribution.Feeds;
using Capsule.Distribution.Installing;
using Capsule.Distribution.Store;
using Capsule.Packaging.Containers;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule install PACKAGE</c>: fetch, check, unpack; visible only when everything is right.</summary>
internal static class InstallCommand
{
    public static Command Make()
    {
        var package = new Argument<string>("PACKAGE") { Description = "publisher/slug[@version], or a package file." };
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var feed = CommonOptions.Feed();
        var trust = new TrustOptions();
        return Verb.Define("install", "Installs a package from a feed, after checking who signed it.\n\nExample: capsule install acme/my-kit --feed /srv/feed",
            [package, feed, publisher, version, .. trust.Symbols], async (context, cancel) =>
            {
                var policy = trust.Open(context);
                if (!policy.Succeeded)
                {
                    return Answer.Failed(policy.Diagnostics);
                }

                var (text, file) = (context.Get(package), context.FullPath(context.Get(package)));
                var isFile = !PackageName.LooksLike(text) || File.Exists(file);
                var name = isFile ? await NameOfAsync(file, context.Get(publisher), context.Get(version), cancel) : PackageName.Parse(text);
                var feeds = isFile ? Result.Of<IReadOnlyList<Feed>>([]) : Feeds(context, context.Get(feed));
                if (!name.Succeeded || !feeds.Succeeded)
                {
                    return Answer.Failed([.. name.Diagnostics, .. feeds.Diagnostics]);
                }

                var request = new InstallRequest
                {
                    Package = name.Value,
                    File = isFile ? file : null,
                    Feeds = feeds.Value,
                    Trust = policy.Value,
                    ReadManifest = ManifestStatement.Read,
                    ExpectedIdentity = trust.Identity(context),
                    Ask = TrustOptions.Asker(context),
                    Now = DateTimeOffset.UtcNow,
                };
                return Answer.From(await PackageInstaller.InstallAsync(request, new PackageStore(context.Home.Store), cancel), Tell);
            });
    }

    internal static Result<IReadOnlyList<Feed>> Feeds(VerbContext context, string[]? named)
    {
        var feeds = new List<Feed>();
        foreach (var address in named is { Length: > 0 } ? named : [.. Machine.Settings(context).Feeds])
        {
            var feed = Feed.Open(address, context.WorkingDirectory);
            if (!feed.Succeeded)
            {
                return Result.Failed<IReadOnlyList<Feed>>(feed.Diagnostics);
            }

            feeds.Add(feed.Value);
        }

        return feeds;
    }

    private static async Task<Result<PackageName>> NameOfAsync(string file, string? publisher, string? version, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(file, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<PackageName>(opened.Diagnostics);
        }

        var info = opened.Value.Info;
        return (info.Scope ?? publisher, info.Version ?? version) is ({ } scope, { } number)
            ? PackageName.Parse($"{scope}/{info.Name}@{number}")
            : CommandDiagnostics.NameIncomplete.Now(Path.GetFileName(file));
    }

    internal static Answer Tell(InstalledPackage package) => Answer.Ok(
        $"{package.Name}\n{package.Identity}",
        new JsonObject
        {
            ["package"] = $"{package.Publisher}/{package.Slug}",
            ["version"] = package.Version,
            ["family"] = package.Family,
            ["identity"] = package.Identity,
            ["origin"] = package.Origin,
            ["signers"] = new JsonArray([.. package.Signers.Select(s => JsonValue.Create(s))]),
        });
}
