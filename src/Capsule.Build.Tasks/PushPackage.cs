using Capsule.Core.Diagnostics;
using Capsule.Distribution;
using Capsule.Packaging.Containers;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Sends the package to a feed. The feed's key is read here, by its variable's name (specs: msbuild-sdk 5.4).</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PushPackage : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        RefuseLoggedEnvironment();
        if (OrNull(Feed) is not { } address)
        {
            return [SdkDiagnostics.NoFeed.Now()];
        }

        var feed = Distribution.Feeds.Feed.Open(address, TaskEnvironment.ProjectDirectory).OrRefuse();
        var info = (await PackageReader.OpenAsync(Absolute(Package), cancel)).OrRefuse().Info;
        var name = new PackageName(info.Scope!, info.Name, info.Version);
        using var key = SecretNamed(KeyVariable)?.Read("the feed's key").OrRefuse();
        var pushed = await feed.PushAsync(Absolute(Package), name, () => key?.Use(System.Text.Encoding.UTF8.GetString), cancel);
        if (pushed.Succeeded)
        {
            Log.LogMessage(MessageImportance.High, "  {0} -> {1}", Path.GetFileName(Package), feed.Address);
        }

        return pushed.Diagnostics;
    }
}
