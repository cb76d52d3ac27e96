using Capsule.Families.Atoms.Rules;

namespace Capsule.Families.Atoms.Classes;

/// <summary>The rules of each known class (specs: atoms 3.3). A class that is declared and not known here has none.</summary>
internal static class ClassRules
{
    private static readonly Dictionary<string, (string[] Extensions, Action<ClassCheck> Content)> Known = new(StringComparer.Ordinal)
    {
        ["design-spec"] = ([".md"], DocumentRules.DesignSpec),
        ["openapi-spec"] = ([".yaml", ".yml", ".json"], ApiRules.OpenApi),
        ["asyncapi-spec"] = ([".yaml", ".yml", ".json"], ApiRules.AsyncApi),
        ["graphql-schema"] = ([".graphql", ".gql", ".graphqls", ".sdl"], GraphqlRules.Check),
        ["grpc-spec"] = ([".proto"], ProtobufRules.Grpc),
        ["json-rpc-spec"] = ([".yaml", ".json"], ApiRules.JsonRpc),
        ["json-schema"] = ([".json", ".yaml"], JsonSchemaRules.Check),
        ["protobuf-schema"] = ([".proto"], ProtobufRules.Schema),
        ["avro-schema"] = ([".avsc", ".json"], DataRules.Avro),
        ["xml-schema"] = ([".xsd"], DataRules.XmlSchema),
        ["toml-schema"] = ([".toml"], DataRules.Toml),
        ["rfc"] = ([".md", ".txt"], RfcRules.Check),
        ["fips"] = ([], StandardRules.Fips),
        ["w3c-spec"] = ([], StandardRules.Text),
        ["iso-spec"] = ([], StandardRules.Text),
        ["internal-protocol"] = ([], StandardRules.Text),
        ["bnf-grammar"] = ([".bnf", ".ebnf", ".txt", ".abnf"], DocumentRules.Grammar),
        ["ebnf-grammar"] = ([".bnf", ".ebnf", ".txt", ".abnf"], DocumentRules.Grammar),
        ["language-reference"] = ([".md", ".html"], StandardRules.Text),
        ["query-language-spec"] = ([".md", ".yaml"], StandardRules.Text),
        ["regex-spec"] = ([".md"], StandardRules.Text),
        ["ontology"] = ([".ttl", ".owl", ".json-ld", ".jsonld"], DocumentRules.Ontology),
        ["controlled-vocabulary"] = ([".yaml", ".json"], VocabularyRules.Vocabulary),
        ["code-list"] = ([".json", ".csv"], VocabularyRules.CodeList),
    };

    /// <summary>What the name of an asset of the class may end in; empty when that is free or the class is not known.</summary>
    public static IReadOnlyList<string> ExtensionsOf(string @class) => Known.TryGetValue(@class, out var rules) ? rules.Extensions : [];

    public static void Run(AtomCheck atom)
    {
        if (atom.Manifest.Payload is not { } payload || PayloadChecks.ClassOf(atom) is not { } name || !Known.TryGetValue(name, out var rules))
        {
            return;
        }

        var check = new ClassCheck(atom, name, payload);
        if (payload.Asset is { } asset && rules.Extensions.Length > 0 && !rules.Extensions.Contains(check.Extension))
        {
            check.Report(asset.Span, $"the asset cannot be '{asset.Value}'", $"Its name ends in {string.Join(", ", rules.Extensions)}.");
        }

        DocumentRules.Amendments(check);
        rules.Content(check);
    }
}
