using System.CommandLine;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>All commands about atoms, in the order of --help. Each call makes them anew: a symbol belongs to one command line.</summary>
internal static class AtomVerbs
{
    public static IReadOnlyList<AtomVerb> All() => [Validate(), Canonicalize()];

    private static AtomVerb Validate()
    {
        var path = Plain(new("PATH") { Description = "A folder, all atoms below which are checked, or one atom.toml.", DefaultValueFactory = _ => "." });
        return new AtomVerb(
            "validate", "Checks atoms: form, identity, class, asset, references, hash and the rules of the class.", "validate compositions",
            [path], path, (call, _, cancel) => Task.FromResult(AtomValidate.Run(call, cancel)), atom => $"valid: {atom.Id}");
    }

    private static AtomVerb Canonicalize()
    {
        var path = One();
        var force = new Option<bool>("--force") { Description = "Replace a hash that does not fit the files." };
        return new AtomVerb(
            "canonicalize", "Computes the hash of an atom's files and writes it as content_hash.", "canonicalize compositions/design-spec/my-spec@1.0.0",
            [path, force], path, (call, line, cancel) => AtomCanonicalize.RunAsync(call, line.GetValue(force), cancel),
            atom => $"{(atom.Changed == true ? "written" : "unchanged")}: {atom.ContentHash} {atom.Id}");
    }

    private static Argument<string> One() => Plain(new("ATOM-PATH") { Description = "The folder of an atom, or its atom.toml." });

    /// <summary>A misspelt option would be taken for the path.</summary>
    private static Argument<string> Plain(Argument<string> path)
    {
        path.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"There is no option '{option.Value}'.");
            }
        });
        return path;
    }
}
