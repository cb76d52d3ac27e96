using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Secrets;

namespace Capsule.Cli.Commands.Secrets;

/// <summary><c>capsule kit secrets remove</c>.</summary>
internal static class RemoveSecret
{
    public static Command Make(VerbDefiner define)
    {
        var call = new SecretCall();
        return define("remove", "Forgets the value of a secret, also of one that the Kit declares no more.\n\nExample: capsule kit secrets remove api_key", [call.Id, .. call.Target], async (context, cancel) =>
        {
            var id = context.Get(call.Id);
            var place = SecretPlace.Vault;
            if (!context.Get(call.Vault))
            {
                var found = await call.FindAsync(context, cancel);
                if (!found.Succeeded)
                {
                    return Answer.Failed(found.Diagnostics);
                }

                place = found.Value.Place;
            }

            return !SecretRules.IsName(id) ? Answer.Failed(SecretDiagnostics.BadName.Now())
                : SecretCall.Store(context).Remove(place, id) is { } problem ? Answer.Failed(problem)
                : Answer.Ok($"forgot the secret '{id}' of {place.Words}", new JsonObject { ["id"] = id, ["place"] = place.Name });
        });
    }
}
