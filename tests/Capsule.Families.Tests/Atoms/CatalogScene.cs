using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Rules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Atoms;

/// <summary>A catalog of the test's own with one good atom, to be broken in one place.</summary>
internal sealed class CatalogScene : IDisposable
{
    public const string Manifest = GreetingAtom.Manifest;

    public const string Catalog = """
        spec_version: atoms-spec/v1.1.0
        name: acme-atoms
        version: 1.0.0
        canonical_domain: atoms.acme.example
        atom_types: [design-spec, openapi-spec, asyncapi-spec, graphql-schema, grpc-spec, json-rpc-spec, json-schema, protobuf-schema,
          avro-schema, xml-schema, toml-schema, rfc, w3c-spec, iso-spec, fips, internal-protocol, bnf-grammar, ebnf-grammar,
          language-reference, query-language-spec, regex-spec, ontology, controlled-vocabulary, code-list, house-style]
        signing:
          required_algorithms: [ml-dsa-65]
          accepted_algorithms: [ML-DSA-65, ml-dsa-44]
          quorum_rules:
            default: "1 of role:catalog-maintainer"
            design-spec: "1 of role:catalog-maintainer + 1 of role:editor"

        """;

    private readonly TemporaryFolder _folder = new();

    public CatalogScene(string catalog = Catalog)
    {
        Write("ATOMS.yml", catalog);
    }

    public string Root => _folder.Path;

    public string this[params string[] parts] => _folder[parts];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    public void Write(string relative, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], content);
    }

    /// <summary>The good atom, with its manifest changed; its folder.</summary>
    public string Greeting(Func<string, string>? change = null)
    {
        const string Folder = "compositions/design-spec/greeting@1.0.0";
        Write($"{Folder}/spec.md", "hello\n");
        Write($"{Folder}/atom.toml", (change ?? (m => m))(Manifest));
        return this[Folder];
    }

    /// <summary>An atom of a class with its payload's lines and one asset; its folder.</summary>
    public string Atom(string @class, string payload, string asset, string content, string slug = "sample", string more = "")
    {
        var folder = $"compositions/{@class}/{slug}@1.0.0";
        Write($"{folder}/{asset}", Encoding.UTF8.GetBytes(content));
        Write($"{folder}/atom.toml", $"""
            id = "acme-atoms/{@class}/{slug}"
            version = "1.0.0"
            lifecycle = "draft"
            created_at = 2026-05-24T00:00:00Z
            [spec]
            class = "{@class}"
            asset = "{asset}"
            {payload}
            {more}
            """);
        return this[folder];
    }

    public Result<AtomCatalog> Load() => AtomCatalogReader.Load(Root);

    public AtomReport Validate(string folder, bool strict = false)
    {
        var catalog = Load();
        Assert.IsTrue(catalog.Succeeded, string.Join('\n', catalog.Diagnostics.Select(d => d.Text)));
        return AtomValidator.Validate(catalog.Value, folder, new AtomValidation { Strict = strict });
    }

    /// <summary>The codes of all problems with their lines, for example <c>CAP0803:6</c>.</summary>
    public static string[] Codes(IEnumerable<Diagnostic> problems) => [.. problems.Select(p => $"{p.Code}:{p.Span?.Line}")];

    public void Dispose() => _folder.Dispose();
}
