using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule tree PACKAGE</c>: the tree document, whose SHA-256 is the identity (specs: trust 1).</summary>
internal static class TreeCommand
{
    public static Command Make()
    {
        var package = CommonOptions.Package();
        return Verb.Define("tree", "Prints a package's tree document: one line a file, with size and digest. Its SHA-256 is the package's identity.\n\nExample: capsule tree ./my-kit",
            [package], async (context, cancel) => Answer.From(await PackageTree.ReadAsync(context, context.Get(package), cancel), Tell));
    }

    private static Answer Tell(TreeDocument tree) => Answer.Ok(
        Encoding.UTF8.GetString(tree.Bytes.Span).TrimEnd('\n'),
        new JsonObject
        {
            ["identity"] = tree.Identity,
            ["size"] = tree.TotalSize,
            ["entries"] = new JsonArray([.. tree.Entries.Select(e => new JsonObject
            {
                ["path"] = e.Path,
                ["kind"] = e.Kind.ToString().ToLowerInvariant(),
                ["size"] = e.Size,
                ["value"] = e.Value,
            })]),
        });
}
