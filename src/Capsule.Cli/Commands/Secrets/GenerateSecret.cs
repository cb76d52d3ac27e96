using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Secrets;

namespace Capsule.Cli.Commands.Secrets;

/// <summary><c>capsule kit secrets generate</c>.</summary>
internal static class GenerateSecret
{
    public static Command Make(VerbDefiner define)
    {
        var call = new SecretCall();
        var replace = new Option<bool>("--replace") { Description = "Make a new value in the place of one that is there." };
        return define("generate", "Makes a value for a secret that the Kit declares with 'source: generate', and keeps it.\n\nExample: capsule kit secrets generate session_key", [call.Id, .. call.Target, replace], async (context, cancel) =>
        {
            var found = await call.FindAsync(context, cancel);
            var chosen = found.Succeeded ? call.Choose(context, found.Value) : Result.Failed<SecretCall.Chosen>(found.Diagnostics);
            if (!chosen.Succeeded)
            {
                return Answer.Failed(chosen.Diagnostics);
            }

            var (declared, place) = chosen.Value;
            if (!declared.Generate)
            {
                return Answer.Failed(SecretVerbDiagnostics.NotGenerated.Now(declared.Id));
            }

            using var value = SecretRules.Generate();
            return SecretCall.Store(context).Set(place, declared.Id, value, context.Get(replace)) is { } problem
                ? Answer.Failed(problem)
                : Answer.Ok($"made and kept the secret '{declared.Id}' of {place.Words}", new JsonObject { ["id"] = declared.Id, ["place"] = place.Name });
        });
    }
}
