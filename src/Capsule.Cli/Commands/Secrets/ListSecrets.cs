using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Secrets;

namespace Capsule.Cli.Commands.Secrets;

/// <summary><c>capsule kit secrets list</c>.</summary>
internal static class ListSecrets
{
    public static Command Make(VerbDefiner define)
    {
        var call = new SecretCall();
        return define("list", "Lists the secrets of a Kit: what for, where from, who uses them, and whether they are set; or what the vault holds.\n\nExample: capsule kit secrets list --kit ./my-kit", call.Target, async (context, cancel) =>
        {
            var store = SecretCall.Store(context);
            var vault = store.List(SecretPlace.Vault);
            if (context.Get(call.Vault) && !call.HasKit(context))
            {
                return Answer.From(vault, names => Answer.Ok(names.Count == 0 ? null : string.Join('\n', names), new JsonArray([.. names.Select(n => new JsonObject { ["id"] = n, ["vault"] = true, ["set"] = true })])));
            }

            var found = await call.FindAsync(context, cancel);
            var own = found.Succeeded ? store.List(found.Value.Place) : Result.Failed<IReadOnlyList<string>>(found.Diagnostics);
            if (!own.Succeeded || !vault.Succeeded)
            {
                return Answer.Failed(own.Succeeded ? vault.Diagnostics : own.Diagnostics);
            }

            var rows = Rows(found.Value!.Plan, own.Value, vault.Value).Where(r => !context.Get(call.Vault) || r.Vault).ToArray();
            return Answer.Ok(rows.Length == 0 ? null : string.Join('\n', rows.Select(Line)), new JsonArray([.. rows.Select(Describe)]));
        });
    }

    private static IEnumerable<Row> Rows(LaunchPlan plan, IReadOnlyList<string> own, IReadOnlyList<string> vault)
    {
        var declared = plan.Secrets ?? [];
        foreach (var secret in declared)
        {
            var isVault = secret.Keeping is SecretKeeping.Vault;
            yield return new Row(secret.Id, secret.Usage, secret.Generate ? "generate" : "prompt", isVault, UsedSecrets.By(plan, secret.Id), (isVault ? vault : own).Contains(secret.Id));
        }

        foreach (var left in own.Where(id => declared.All(s => s.Id != id || s.Keeping is SecretKeeping.Vault)))
        {
            yield return new Row(left, "", null, false, [], true);
        }
    }

    private static string Line(Row row)
    {
        var text = new StringBuilder(row.Id).Append(row.Set ? "  set" : "  not set").Append(row.Vault ? ", in the vault" : "");
        if (row.Source is null)
        {
            return text.Append("; the Kit declares it no more").ToString();
        }

        text.Append(row.Source == "generate" ? ", made when needed" : "").Append("; ")
            .Append(row.UsedBy.Count == 0 ? "used by nobody" : "used by " + string.Join(", ", row.UsedBy)).Append("; ").Append(row.Usage);
        return TerminalText.Line(text.ToString());
    }

    private static JsonObject Describe(Row row) => new()
    {
        ["id"] = row.Id,
        ["usage"] = row.Usage,
        ["source"] = row.Source,
        ["vault"] = row.Vault,
        ["usedBy"] = new JsonArray([.. row.UsedBy.Select(u => (JsonNode?)u)]),
        ["set"] = row.Set,
    };

    /// <param name="Id">As declared, or as kept.</param>
    /// <param name="Usage">What it is for.</param>
    /// <param name="Source">prompt or generate; null for one that is declared no more.</param>
    /// <param name="Vault">Whether the vault holds it.</param>
    /// <param name="UsedBy">Workloads and exits.</param>
    /// <param name="Set">Whether it has a value.</param>
    private sealed record Row(string Id, string Usage, string? Source, bool Vault, IReadOnlyList<string> UsedBy, bool Set);
}
