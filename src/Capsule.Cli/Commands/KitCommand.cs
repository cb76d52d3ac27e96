using System.CommandLine;
using Capsule.Cli.Commands.Kits;
using Capsule.Cli.Commands.Secrets;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule kit …</c>: what Kits have and no other family does.</summary>
internal static class KitCommand
{
    public static Command Make() => new("kit", "What Kits alone have: what they offer and need, their workloads, their secrets.\n\nExample: capsule kit info ./my-kit")
    {
        KitInfo.Make(Verb.Define, "capsule"),
        PackageKit.Make(Verb.Define),
        CleanKit.Make(Verb.Define),
        new Command("workloads", "Lists and adds the workloads of a Kit.\n\nExample: capsule kit workloads list") { ListWorkloads.Make(Verb.Define), AddWorkload.Make(Verb.Define) },
        AgentGuide.Make(Verb.Define, "agents-md", "capsule"),
        ShowLicenses.Make(Verb.Define),
        SkillCommand.Make(),
        new Command("secrets", "Keeps the secrets that Kits are given, encrypted below CAPSULE_HOME/secrets. A value is never an argument and is never shown.\n\nExample: capsule kit secrets list")
        {
            SetSecret.Make(Verb.Define),
            ListSecrets.Make(Verb.Define),
            RemoveSecret.Make(Verb.Define),
            GenerateSecret.Make(Verb.Define),
        },
    };
}
