using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution;
using Capsule.Distribution.Sources;
using Capsule.Operations.Kits.Describing;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit info</c>: what a Kit offers and needs.</summary>
internal static class KitInfo
{
    /// <param name="define">For which program.</param>
    /// <param name="program">How it is called.</param>
    public static Command Make(VerbDefiner define, string program)
    {
        var kit = CommonOptions.Package();
        return define("info", "Says what a Kit exposes and requires, how another Kit uses it, and how to run it.\n\nExample: capsule kit info ./my-kit", [kit], async (context, cancel) => Answer.From(
            await ReadAsync(context, context.Get(kit), cancel),
            found => Answer.Ok(string.Join('\n', KitDescriptionText.Lines(found, program)), KitDescriptionJson.Of(found, program))));
    }

    /// <summary>A project is looked at as it lies there; anything else as it would be run, without running it.</summary>
    private static async Task<Result<KitDescription>> ReadAsync(VerbContext context, string kit, CancellationToken cancel)
    {
        var path = context.FullPath(kit);
        if (!GitLocation.LooksLike(kit) && (Directory.Exists(path) || SourcePackage.IsManifest(path) || !(File.Exists(path) || GitLocation.LooksShort(kit) || PackageName.LooksLike(kit))))
        {
            return await KitDescription.ReadAsync(path, cancel);
        }

        var target = await RunTarget.FindAsync(context, kit, new PackageSelection(), requireLock: false, cancel);
        return target.Succeeded
            ? await KitDescription.ReadAsync(target.Value.Folder, cancel)
            : Result.Failed<KitDescription>(target.Diagnostics);
    }
}
