using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution.Release;
using Capsule.Operations.Kits.Describing;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Locking;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit package</c>: the archive of a Kit alone, without the NuGet package that feeds carry.</summary>
internal static class PackageKit
{
    private sealed record Packed(string Name, PackedPackage File);

    public static Command Make(VerbDefiner define)
    {
        var kit = CommonOptions.Source();
        var output = new Option<string?>("--out", "-o") { Description = "The file; NAME.capakit in this folder otherwise. One that is there is replaced.", HelpName = "FILE" };
        return define("package", "Packs a Kit into one .capakit file, the same for the same files on every machine.\n\nExample: capsule kit package --out dist/my-kit.capakit", [kit, output], async (context, cancel) => Answer.From(
            await PackAsync(context, context.FullPath(context.Get(kit)), context.Get(output), cancel),
            packed => Answer.Ok(
                $"packaged {packed.Name} as {Path.GetRelativePath(context.WorkingDirectory, packed.File.Path)} ({packed.File.Identity})",
                new JsonObject { ["kit"] = packed.Name, ["file"] = packed.File.Path, ["identity"] = packed.File.Identity })));
    }

    private static async Task<Result<Packed>> PackAsync(VerbContext context, string kit, string? output, CancellationToken cancel)
    {
        var manifest = KitDescription.FindManifest(kit);
        var source = manifest.Succeeded ? SourcePackage.Compile(manifest.Value) : Result.Failed<SourcePackage>(manifest.Diagnostics);
        if (!source.Succeeded)
        {
            return Result.Failed<Packed>(source.Diagnostics);
        }

        var plan = source.Value.Compiled.Pack;
        var file = context.FullPath(output ?? plan.Package.Name + plan.Extension);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var packed = await PackageAssembler.AssembleAsync(
            new AssembleRequest(plan, source.Value.Folder, file)
            {
                BuilderVersion = ProgramVersion.Text,
                SourceDateEpoch = Environment.GetEnvironmentVariable(SourceDate.Variable),
                Lock = LockFile.Load(source.Value.LockPath).Value,
            },
            cancel);
        return packed.Succeeded ? Result.Of(new Packed(plan.Package.Name, packed.Value), source.Diagnostics) : Result.Failed<Packed>(packed.Diagnostics);
    }
}
