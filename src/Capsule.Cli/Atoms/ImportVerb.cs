using System.CommandLine;
using Capsule.Operations.Atoms.Importing;

namespace Capsule.Cli.Atoms;

/// <summary><c>import</c>: a document from somewhere else becomes a draft; with --check an imported atom is compared with its source.</summary>
internal static class ImportVerb
{
    public static AtomVerb Make()
    {
        var address = AtomVerbs.Plain(new("URL") { Description = "An address of https, http or file, or a path; with --check the folder of an imported atom." });
        var name = new Option<string?>("--class") { Description = "The class, declared in ATOMS.yml; otherwise what the document is decides.", HelpName = "CLASS" };
        var slug = new Option<string?>("--slug") { Description = "The slug; otherwise one is made of the address.", HelpName = "SLUG" };
        var version = new Option<string>("--version") { Description = "The version of the new atom.", HelpName = "VERSION", DefaultValueFactory = _ => "1.0.0" };
        var force = new Option<bool>("--force") { Description = "Replace an atom that is there." };
        var check = new Option<bool>("--check") { Description = "Fetch the source of an imported atom again and compare; nothing is written." };
        return new AtomVerb(
            "import", "Fetches a specification or standard and makes a draft of it, to be completed by hand.", "import https://www.rfc-editor.org/rfc/rfc1918.txt",
            [address, name, slug, version, force, check], null,
            (call, line, cancel) => line.GetValue(check)
                ? ImportCheck.RunAsync(call with { Path = line.GetValue(address) }, cancel)
                : AtomImport.RunAsync(
                    call,
                    new ImportRequest(line.GetRequiredValue(address)) { Class = line.GetValue(name), Slug = line.GetValue(slug), Version = line.GetRequiredValue(version), Force = line.GetValue(force) },
                    cancel),
            atom => atom.Changed == false ? $"unchanged: {atom.Id}" : $"imported: {atom.Id} in {Path.GetDirectoryName(atom.Path)}");
    }
}
