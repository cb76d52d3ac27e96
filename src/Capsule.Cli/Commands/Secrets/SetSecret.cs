using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Secrets;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Secrets;

/// <summary><c>capsule kit secrets set</c>.</summary>
internal static class SetSecret
{
    public static Command Make(VerbDefiner define)
    {
        var call = new SecretCall();
        var from = new Argument<string?>("FROM")
        {
            Description = "Where the value is: - for the standard input, env:NAME, or file:PATH. Without it you are asked, and what you type is not shown.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return define("set", "Keeps the value of a secret, in the place of one that is there.\n\nExample: capsule kit secrets set api_key env:MY_API_KEY", [call.Id, from, .. call.Target], async (context, cancel) =>
        {
            var chosen = await ChooseAsync(context, call, cancel);
            if (!chosen.Succeeded)
            {
                return Answer.Failed(chosen.Diagnostics);
            }

            var (declared, place) = chosen.Value;
            var read = Value(context, context.Get(from), declared, cancel);
            if (!read.Succeeded)
            {
                return Answer.Failed(read.Diagnostics);
            }

            using var value = read.Value;
            return (SecretRules.Problem(declared.Id, value, declared.Line) ?? SecretCall.Store(context).Set(place, declared.Id, value)) is { } problem
                ? Answer.Failed(problem)
                : Answer.Ok(
                    $"kept the secret '{declared.Id}' of {place.Words}",
                    new JsonObject { ["id"] = declared.Id, ["place"] = place.Name },
                    SecretRules.Weakness(declared.Id, value) is { } weakness ? [weakness] : []);
        });
    }

    /// <summary>The vault is no Kit's: what is kept there need not be declared where the command runs.</summary>
    private static async Task<Result<SecretCall.Chosen>> ChooseAsync(VerbContext context, SecretCall call, CancellationToken cancel)
    {
        var id = context.Get(call.Id);
        if (context.Get(call.Vault) && !call.HasKit(context))
        {
            return SecretRules.IsName(id)
                ? new SecretCall.Chosen(new DeclaredSecret { Id = id, Usage = "", Keeping = SecretKeeping.Vault, Line = true }, SecretPlace.Vault)
                : SecretDiagnostics.BadName.Now();
        }

        var found = await call.FindAsync(context, cancel);
        return found.Succeeded ? call.Choose(context, found.Value) : Result.Failed<SecretCall.Chosen>(found.Diagnostics);
    }

    private static Result<Secret> Value(VerbContext context, string? from, DeclaredSecret secret, CancellationToken cancel)
    {
        if (from is not null)
        {
            return SecretInput.Read(context, from, secret.Id, cancel);
        }

        if (!Questions.CanBeAsked(context))
        {
            return SecretVerbDiagnostics.NoValue.Now(secret.Id);
        }

        return HiddenInput.Ask(context.Terminal, TerminalText.Line(secret.Usage.Length > 0 ? $"{secret.Id} ({secret.Usage})" : secret.Id), cancel) is { } typed
            ? typed : SecretInputDiagnostics.Nothing.Now(secret.Id);
    }
}
