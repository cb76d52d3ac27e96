using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Secrets;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>Secrets for one run: from the command line by reference, or asked for at a terminal and then kept.</summary>
internal sealed class SecretOptions
{
    private readonly Option<string[]> _secrets = new("--secret")
    {
        Description = "A secret for this run alone: - reads the standard input, env:NAME a variable, file:PATH a file of yours. May be repeated.",
        HelpName = "ID=FROM",
    };

    public IReadOnlyList<Symbol> Symbols => [_secrets];

    /// <summary>True when one comes over the standard input.</summary>
    public bool HasInput(VerbContext context) => InputId(context) is not null;

    /// <summary>The one that came over the standard input, for a program that reads it again; null for none.</summary>
    public Secret? Input(VerbContext context, GivenSecrets given) => InputId(context) is { } id ? given.Values.GetValueOrDefault(id) : null;

    /// <summary>Reads the values that are named (CAP5713 to CAP5716).</summary>
    public Result<GivenSecrets> Read(VerbContext context, CancellationToken cancel)
    {
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var input = false;
        foreach (var entry in context.Get(_secrets) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !SecretRules.IsName(entry[..cut]))
            {
                return SecretInputDiagnostics.BadOption.Now();
            }

            var (id, source) = (entry[..cut], entry[(cut + 1)..]);
            if (values.ContainsKey(id) || (input && source == SecretInput.StandardInput))
            {
                return SecretInputDiagnostics.Twice.Now(values.ContainsKey(id) ? $"The secret '{id}' is given" : "The standard input is to be read");
            }

            input |= source == SecretInput.StandardInput;
            var value = SecretInput.Read(context, source, id, cancel);
            if (!value.Succeeded)
            {
                return Result.Failed<GivenSecrets>(value.Diagnostics);
            }

            values[id] = value.Value;
        }

        return new GivenSecrets { Values = values, Ask = !input && Questions.CanBeAsked(context) ? secret => Ask(context, secret, cancel) : null, Say = context.Say };
    }

    private string? InputId(VerbContext context) =>
        (context.Get(_secrets) ?? []).FirstOrDefault(e => e.EndsWith("=" + SecretInput.StandardInput, StringComparison.Ordinal))?[..^2];

    private static Secret? Ask(VerbContext context, DeclaredSecret secret, CancellationToken cancel)
    {
        context.Say(TerminalText.Line($"It needs the secret '{secret.Id}': {secret.Usage}"));
        return HiddenInput.Ask(context.Terminal, "  Its value, which is not shown (empty to stop)", cancel);
    }
}
