using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key list</c>.</summary>
internal static class ListKeys
{
    public static Command Make() => Verb.Define("list", "Lists the keys: id, purpose, algorithm, fingerprint.\n\nExample: capsule key list", [], (context, _) =>
    {
        var store = KeyStore.In(context.Home.Root);
        var found = store.List().Select(id => (id, key: store.Find(id))).ToArray();
        var known = found.Where(f => f.key.Succeeded).Select(f => (f.id, key: f.key.Value!)).ToArray();
        return Task.FromResult(Answer.Ok(
            known.Length == 0 ? null : string.Join('\n', known.Select(k => KeyText.Line(k.id, k.key))),
            new JsonArray([.. known.Select(k => KeyText.Describe(k.id, k.key))]),
            [.. found.SelectMany(f => f.key.Diagnostics)]));
    });
}
