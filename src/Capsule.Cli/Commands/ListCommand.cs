using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Distribution.Store;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule list</c>: what is installed.</summary>
internal static class ListCommand
{
    public static Command Make() => Verb.Define("list", "Lists installed packages.\n\nExample: capsule list", [], (context, _) =>
    {
        var packages = new PackageStore(context.Home.Store).List();
        var good = packages.Where(p => p.Succeeded).Select(p => p.Value!).ToArray();
        return Task.FromResult(Answer.Ok(
            good.Length == 0 ? null : string.Join('\n', good.Select(p => $"{p.Name}  {p.Family}  {p.Identity}  {(p.Signers.Count > 0 ? string.Join(", ", p.Signers) : "-")}")),
            new JsonArray([.. good.Select(p => InstallCommand.Tell(p).Data)]),
            [.. packages.SelectMany(p => p.Diagnostics)]));
    });
}
