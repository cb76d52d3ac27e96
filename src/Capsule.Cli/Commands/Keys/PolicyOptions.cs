using System.CommandLine;
using Capsule.Cli.Atoms;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Registry;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary>Which file a key verb edits: a trust file, or the ATOMS.yml of a catalog.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string?> _policy = new("--policy") { Description = "The policy file, a trust file or an ATOMS.yml; left out, your trust file, and for keys of atoms the catalog around the current folder.", HelpName = "FILE" };
    private readonly Option<string?> _catalog = new("--catalog") { Description = "The folder of a catalog of atoms: its ATOMS.yml is the policy file.", HelpName = "PATH" };

    public IReadOnlyList<Option> All => [_policy, _catalog];

    /// <summary>The file for a key that was named.</summary>
    public Result<PolicyFile> Open(VerbContext context, KeyName key)
    {
        if (context.Get(_policy) is not null && context.Get(_catalog) is not null)
        {
            return CommandDiagnostics.Usage.Now("--policy and --catalog name one thing in two ways.", "capsule key");
        }

        var call = new AtomCall { WorkingDirectory = context.WorkingDirectory, UserHome = AtomOptions.UserHome };
        if (CatalogOf(context, key, call) is { } root)
        {
            call = call with { Catalog = root, Path = root };
            var session = AtomSession.Open(call);
            return session.Succeeded
                ? new PolicyFile(new CatalogKeyRegistry(root, call.Now), session.Value)
                : Result.Failed<PolicyFile>(session.Diagnostics);
        }

        var used = TrustStateFile.In(context.Home.Root).Read();
        var path = context.Get(_policy) is { } named ? context.FullPath(named) : TrustContext.FileIn(context.Home.Root);
        return used.Succeeded ? new PolicyFile(new TrustFileRegistry(path, used.Value), null) : Result.Failed<PolicyFile>(used.Diagnostics);
    }

    private string? CatalogOf(VerbContext context, KeyName key, AtomCall call)
    {
        if (context.Get(_policy) is { } file)
        {
            return Path.GetFileName(file) == AtomNames.CatalogName ? Path.GetDirectoryName(context.FullPath(file)) : null;
        }

        if (context.Get(_catalog) is { } folder)
        {
            return context.FullPath(folder);
        }

        // A key for atoms belongs into a catalog; so does one that nobody but the catalog knows.
        return key.Known is { Purpose: not KeyPurpose.Atom } || AtomSession.RootOf(call) is not { } root ? null
            : key.Known is not null || new CatalogKeyRegistry(root, call.Now).Knows(key) ? root
            : null;
    }
}
