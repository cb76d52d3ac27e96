using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>What a user gives a package beyond what it is: folders, the GPUs, the machine's network; and the ids of the secrets that it uses. The same for every verb.</summary>
internal sealed class GrantOptions
{
    private readonly Option<string[]> _mounts = new("--mount")
    {
        Description = "A folder of yours for a mount that the package declares; ~ is your home. May be repeated.",
        HelpName = "ID=PATH",
    };

    private readonly Option<bool> _gpu = new("--gpu") { Description = "Give it the GPUs of this machine: their render nodes, never a screen." };

    private readonly Option<bool> _hostNetwork = new("--host-network")
    {
        Description = "Give its services and tasks the network of this machine, loopback included, instead of one of their own.",
    };

    public IReadOnlyList<Symbol> Symbols => [_mounts, _gpu, _hostNetwork];

    /// <summary>What is given for this call; every folder was looked at, none was asked for yet.</summary>
    /// <param name="context">The call.</param>
    /// <param name="plan">What asks for folders; null for a package that does not run.</param>
    /// <param name="package">The folder of the package.</param>
    public Result<Grants> Read(VerbContext context, LaunchPlan? plan, string package)
    {
        var folders = plan is null ? Grants.None : Resolve(context.Get(_mounts) ?? [], context.WorkingDirectory, context.Home, plan, package);
        return folders.Succeeded && plan is not null
            ? Result.Of(folders.Value with { Gpu = context.Get(_gpu), HostNetwork = context.Get(_hostNetwork), Secrets = UsedSecrets.Given(plan) }, folders.Diagnostics)
            : folders;
    }

    /// <param name="entries">Each ID=PATH.</param>
    /// <param name="folder">What relative paths start from.</param>
    /// <param name="home">The runner's own folder.</param>
    /// <param name="plan">What asks for folders.</param>
    /// <param name="package">The folder of the package.</param>
    public static Result<Grants> Resolve(IReadOnlyList<string> entries, string folder, CapsuleHome home, LaunchPlan plan, string package)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var entry in entries)
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || cut == entry.Length - 1)
            {
                return CommandDiagnostics.BadMount.Now(entry);
            }

            named.Add(new(entry[..cut], FullPath(folder, entry[(cut + 1)..])));
        }

        return named.Count == 0 ? Grants.None : MountBindings.Resolve(plan, named, home, package);
    }

    /// <summary>No shell expands a ~ in the middle of a word.</summary>
    private static string FullPath(string folder, string path)
    {
        var whole = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) + path[1..]
            : path;
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(whole, folder));
    }
}
