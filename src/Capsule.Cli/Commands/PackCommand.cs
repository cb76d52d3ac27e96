using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Distribution.Release;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Packaging.Locking;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule pack [PATH]</c>: the container, its signature lines when keys are named, and the NuGet package around both.</summary>
internal static class PackCommand
{
    public static Command Make()
    {
        var path = CommonOptions.Source();
        var (publisher, version) = (CommonOptions.Publisher(), CommonOptions.Version());
        var output = new Option<string>("--output", "-o") { Description = "The folder to write to.", DefaultValueFactory = _ => ".", HelpName = "FOLDER" };
        var keys = new SigningKeys();
        return Verb.Define("pack", "Packs a project: a container with SBOM and provenance, and the NuGet package that feeds carry.\n\nExample: capsule pack ./my-kit --publisher acme --version 1.0.0 -o out",
            [path, output, publisher, version, .. keys.Symbols],
            async (context, cancel) => Answer.From(
                await PackAsync(context, context.FullPath(context.Get(path)), context.FullPath(context.Get(output)), context.Get(publisher), context.Get(version), keys, cancel), Tell));
    }

    /// <summary>Packs into a folder, which is made when it does not exist.</summary>
    internal static async Task<Result<PackedFiles>> PackAsync(
        VerbContext context, string path, string folder, string? publisher, string? version, SigningKeys keys, CancellationToken cancel)
    {
        var source = SourcePackage.Compile(path, publisher, version);
        if (!source.Succeeded)
        {
            return Result.Failed<PackedFiles>(source.Diagnostics);
        }

        var plan = source.Value.Compiled.Pack;
        var container = Path.Combine(folder, plan.Package.Name + plan.Extension);
        if (PackageEnvelope.NameProblem(container, publisher ?? plan.Package.Scope, plan.Package.Name, version ?? plan.Package.Version) is { } nameless)
        {
            return nameless;
        }

        Directory.CreateDirectory(folder);
        var epoch = Environment.GetEnvironmentVariable(SourceDate.Variable);
        var packed = await PackageAssembler.AssembleAsync(
            new AssembleRequest(plan, source.Value.Folder, container)
            {
                BuilderVersion = ProgramVersion.Text,
                SourceDateEpoch = epoch,
                Lock = LockFile.Load(Path.Combine(source.Value.Folder, LockFile.FileName)).Value,
            },
            cancel);
        if (!packed.Succeeded)
        {
            return Result.Failed<PackedFiles>(packed.Diagnostics);
        }

        if (keys.AreNamed(context) && await keys.SignAsync(context, packed.Value.Path, publisher, version, cancel) is { Succeeded: false } unsigned)
        {
            return Result.Failed<PackedFiles>(unsigned.Diagnostics);
        }

        var envelope = await PackageEnvelope.WriteAsync(
            new EnvelopeRequest(packed.Value.Path, folder) { Publisher = publisher, Version = version ?? plan.Package.Version, Time = SourceDate.Parse(epoch).Value!.Time }, cancel);
        return envelope.Succeeded
            ? Result.Of(new PackedFiles(packed.Value.Path, envelope.Value.Path, packed.Value.Identity), source.Diagnostics)
            : Result.Failed<PackedFiles>(envelope.Diagnostics);
    }

    private static Answer Tell(PackedFiles packed) => Answer.Ok(
        $"{packed.Container}\n{packed.Package}\n{packed.Identity}",
        new JsonObject { ["container"] = packed.Container, ["package"] = packed.Package, ["identity"] = packed.Identity });

    /// <summary>What packing wrote.</summary>
    internal sealed record PackedFiles(string Container, string Package, string Identity);
}
