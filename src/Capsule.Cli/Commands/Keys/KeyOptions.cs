using System.CommandLine;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary>What several key verbs take, worded once.</summary>
internal static class KeyOptions
{
    public static Option<string?> Purpose(string? unless = "release")
    {
        var purpose = new Option<string?>("--purpose") { Description = "What it may sign: release, atom, workflow or provenance.", DefaultValueFactory = _ => unless, HelpName = "PURPOSE" };
        purpose.AcceptOnlyFromAmong([.. KeyPurposes.ByName.Keys]);
        return purpose;
    }
}
