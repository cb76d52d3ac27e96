using System.CommandLine;
using Capsule.Families.Atoms.Canonical;
using Capsule.Operations.Atoms;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Cli.Atoms;

/// <summary>All commands about atoms, in the order of --help. Each call makes them anew: a symbol belongs to one command line.</summary>
internal static class AtomVerbs
{
    public static IReadOnlyList<AtomVerb> All() => [Validate(), Canonicalize(), Sign(), Verify(), PublishVerb.Make(), ImportVerb.Make(), .. CacheVerbs.All()];

    private static AtomVerb Validate()
    {
        var path = Plain(new("PATH") { Description = "A folder, all atoms below which are checked, or one atom.toml.", DefaultValueFactory = _ => "." });
        return new AtomVerb(
            "validate", "Checks atoms: form, identity, class, asset, references, hash and the rules of the class.", "validate compositions",
            [path], path, (call, _, cancel) => AtomValidate.RunAsync(call with { Network = true }, cancel), atom => $"valid: {atom.Id}");
    }

    private static AtomVerb Canonicalize()
    {
        var path = One();
        var force = new Option<bool>("--force") { Description = "Replace a hash that does not fit the files." };
        var rule = new Option<string?>("--rule") { Description = "The rule of the hash, where the catalog binds none; atoms-canon/1 otherwise.", HelpName = "RULE" };
        rule.AcceptOnlyFromAmong(CanonicalRules.Canonical, CanonicalRules.RawAsset);
        return new AtomVerb(
            "canonicalize", "Computes the hash of an atom's files and writes it as content_hash.", "canonicalize compositions/design-spec/my-spec@1.0.0",
            [path, force, rule], path, (call, line, cancel) => AtomCanonicalize.RunAsync(call, line.GetValue(force), line.GetValue(rule), cancel),
            atom => $"{(atom.Changed == true ? "written" : "unchanged")}: {atom.ContentHash} {atom.Id}");
    }

    private static AtomVerb Sign()
    {
        var path = One();
        var key = new Option<string?>("--key") { Description = "The id of a key registered in ATOMS.yml; keys.default_key otherwise.", HelpName = "ID" };
        var force = new Option<bool>("--force") { Description = "Replace a signature by the same key." };
        var renew = new Option<bool>("--envelope") { Description = "Renew this key's signature where its envelope is missing or over another state of the atom; a whole one stays." };
        var options = new AtomSigningOptions();
        return new AtomVerb(
            "sign", "Checks an atom and adds the signature of one key to it.", "sign compositions/design-spec/my-spec@1.0.0 --key key-1",
            [path, key, force, renew, .. options.Symbols], path,
            (call, line, cancel) => AtomSign.RunAsync(options.Timed(call, line) with { Network = true }, options.Read(line, cancel) with { KeyId = line.GetValue(key), Force = line.GetValue(force), Renew = line.GetValue(renew) }, cancel),
            atom => $"{(atom.Changed == false ? "unchanged" : "signed")}: {atom.Id}");
    }

    private static AtomVerb Verify()
    {
        var path = One();
        var explain = new Option<bool>("--explain") { Description = "Show who signed, who still could, and the smallest set of missing signatures." };
        return new AtomVerb(
            "verify", "Checks that an atom's signatures meet the quorum of its class. Asks no network.", "verify compositions/design-spec/my-spec@1.0.0",
            [path, explain], path, (call, _, cancel) => Task.FromResult(AtomVerify.Run(call, cancel)), atom => $"verified: {atom.Id}, {atom.Quorum?.Rule.Text}")
        {
            Explain = (atom, line) => line.GetValue(explain) && atom.Quorum is { } quorum
                ? [.. quorum.Signatures.Select(s => $"{s.KeyId}: {s.Word}{(s.Role is null ? "" : $", {s.Role}")}{(s.HasEnvelope ? "" : ", no envelope")}"), .. QuorumText.Lines(quorum.Count)]
                : [],
        };
    }

    public static Argument<string> One() => Plain(new("ATOM-PATH") { Description = "The folder of an atom, or its atom.toml." });

    /// <summary>A misspelt option would be taken for the path.</summary>
    public static Argument<string> Plain(Argument<string> path)
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
