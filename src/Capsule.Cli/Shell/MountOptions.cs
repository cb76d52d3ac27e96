using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;

namespace Capsule.Cli.Shell;

/// <summary>What a user gives a package, folders and the GPU: the same for <c>run</c>, <c>test</c> and <c>plan</c>.</summary>
internal sealed class MountOptions
{
    private readonly Option<string[]> _mounts = new("--mount")
    {
        Description = "A folder of yours for a mount that the package declares; ~ is your home. May be repeated.",
        HelpName = "ID=PATH",
    };

    private readonly Option<bool> _gpu = new("--gpu") { Description = "Give it the GPUs of this machine: their render nodes, never a screen." };

    public IReadOnlyList<Symbol> Symbols => [_mounts, _gpu];

    /// <summary>What is given for this call; every folder was looked at, none was asked for yet.</summary>
    /// <param name="context">The call.</param>
    /// <param name="plan">What asks for folders; null for a package that does not run.</param>
    /// <param name="package">The folder of the package.</param>
    public Result<Grants> Read(VerbContext context, LaunchPlan? plan, string package)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var entry in context.Get(_mounts) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || cut == entry.Length - 1)
            {
                return CommandDiagnostics.BadMount.Now(entry);
            }

            named.Add(new(entry[..cut], FullPath(context, entry[(cut + 1)..])));
        }

        var gpu = context.Get(_gpu);
        if (plan is null || named.Count == 0)
        {
            return plan is null || !gpu ? Grants.None : new Grants { Gpu = true };
        }

        var folders = MountBindings.Resolve(plan, named, context.Home, package);
        return folders.Succeeded ? Result.Of(folders.Value with { Gpu = gpu }, folders.Diagnostics) : folders;
    }

    /// <summary>No shell expands a ~ in the middle of a word.</summary>
    private static string FullPath(VerbContext context, string path)
    {
        var whole = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) + path[1..]
            : path;
        return Path.TrimEndingDirectorySeparator(context.FullPath(whole));
    }
}
