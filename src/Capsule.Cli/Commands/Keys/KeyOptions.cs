using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
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

    /// <summary>Reads the secret that the two options name (CAP9104 when neither does). The caller disposes it.</summary>
    public static Result<Secret> ReadPassphrase(VerbContext context, Option<string?> variable, Option<string?> file, string what) =>
        context.Passphrase(variable, file)?.Read(what) ?? CommandDiagnostics.PassphraseNeeded.Now();
}
