using System.Text;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Detecting;

namespace Capsule.Families.Tests.Atoms.Detecting;

/// <summary>Every row of the table by which documents are recognised (specs: atoms 9.2), and what could fool it.</summary>
[TestClass]
public class DetectionTable
{
    private const string Rfc = """


        Network Working Group                                         Y. Rekhter
        Request for Comments: 1918                                 Cisco Systems
        Obsoletes: 1627, 1597                                       B. Moskowitz
        BCP: 5                                                    Chrysler Corp.
        Category: Best Current Practice                            D. Karrenberg
                                                                        RIPE NCC
                                                                  G. J. de Groot
                                                                        RIPE NCC
                                                                   February 1996


                      Address Allocation for Private Internets

        Status of this Memo
        """;

    [TestMethod]
    [DataRow("1", "x", "", "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"T\"}}", "openapi-spec")]
    [DataRow("1", "x.txt", "text/plain", "openapi: 3.0.3\ninfo: {title: T}\n", "openapi-spec")]
    [DataRow("1 JSON that is also YAML", "x.yaml", "", "{\n\t\"openapi\": \"3.0.0\"\n}", "openapi-spec")]
    [DataRow("1b", "swagger.json", "", "{\"swagger\":\"2.0\"}", "")]
    [DataRow("1c not a version of it", "x.json", "", "{\"openapi\":\"4.0.0\"}", "")]
    [DataRow("1d only a word in a text", "x.md", "", "# About\n\nWrite\n\n    openapi: 3.0.0\n", "")]
    [DataRow("2", "not-asyncapi.yml", "text/plain", "asyncapi: '2.6.0'\n", "asyncapi-spec")]
    [DataRow("2", "x", "application/octet-stream", "asyncapi: 3.0.0\n", "asyncapi-spec")]
    [DataRow("3", "x.json", "", "{\"openrpc\":\"1.2.6\",\"methods\":[]}", "json-rpc-spec")]
    [DataRow("3", "x.json", "", "{\"jsonrpc\":\"2.0\",\"methods\":[]}", "json-rpc-spec")]
    [DataRow("3b a call is no document", "x.json", "", "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "")]
    [DataRow("4", "x.json", "", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}", "json-schema")]
    [DataRow("4", "x.json", "application/schema+json", "{\"type\":\"object\"}", "json-schema")]
    [DataRow("4", "x.schema.json", "", "true", "json-schema")]
    [DataRow("4b no schema root", "x.schema.json", "", "[1]", "")]
    [DataRow("4c another host", "x.json", "", "{\"$schema\":\"https://example.org/json-schema.org/\"}", "")]
    [DataRow("5", "x.avsc", "", "\"string\"", "avro-schema")]
    [DataRow("5", "x.json", "", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}", "avro-schema")]
    [DataRow("5", "x.json", "", "{\"type\":\"fixed\",\"name\":\"R\",\"size\":4}", "avro-schema")]
    [DataRow("5b no fields", "x.json", "", "{\"type\":\"record\",\"name\":\"R\"}", "")]
    [DataRow("6", "x.proto", "", "message M {}", "protobuf-schema")]
    [DataRow("6", "x", "application/x-protobuf", "enum E { A = 0; }", "protobuf-schema")]
    [DataRow("6", "x.txt", "text/plain", "syntax = \"proto3\";\nservice S { rpc Do (A) returns (B); }", "grpc-spec")]
    [DataRow("6b rpc in a comment", "x.proto", "", "syntax = \"proto3\";\n/* service S { rpc Do (A) returns (B); } */\nmessage M {}", "protobuf-schema")]
    [DataRow("6c syntax in a comment", "x.txt", "", "// syntax = \"proto3\";\n", "")]
    [DataRow("6d rpc in a string", "x.proto", "", "syntax = \"proto3\";\noption a = \"service S { rpc Do (A) returns (B); }\";\nmessage M {}", "protobuf-schema")]
    [DataRow("7", "x.graphqls", "", "type Query { a: Int }", "graphql-schema")]
    [DataRow("7", "x", "application/graphql", "type Query { a: Int }", "graphql-schema")]
    [DataRow("8", "x.xsd", "", "<oops", "xml-schema")]
    [DataRow("8", "x.xml", "", "<?xml version=\"1.0\"?><!-- c --><xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>", "xml-schema")]
    [DataRow("8b another namespace", "x.xml", "", "<schema xmlns=\"urn:x\"/>", "")]
    [DataRow("8c a document type", "x.xml", "", "<!DOCTYPE s [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><s/>", "")]
    [DataRow("9", "x.ttl", "", "<a> <b> <c> .", "ontology")]
    [DataRow("9", "x", "text/turtle; charset=utf-8", "<a> <b> <c> .", "ontology")]
    [DataRow("9", "x.owl", "", "<a/>", "ontology")]
    [DataRow("9", "x", "application/rdf+xml", "<a/>", "ontology")]
    [DataRow("9", "x.jsonld", "", "{\"@type\":\"owl:Ontology\"}", "ontology")]
    [DataRow("9", "x", "application/ld+json", "{\"@type\":\"owl:Ontology\"}", "ontology")]
    [DataRow("9b no ontology", "x.jsonld", "", "{\"@type\":\"Person\"}", "")]
    [DataRow("10", "rfc1918.txt", "", Rfc, "rfc")]
    [DataRow("14", "x.ebnf", "", "anything", "ebnf-grammar")]
    [DataRow("14", "x.g4", "", "grammar X;", "ebnf-grammar")]
    [DataRow("14", "x.lark", "", "start: A", "ebnf-grammar")]
    [DataRow("14", "x.peg", "", "A <- B", "ebnf-grammar")]
    [DataRow("14", "x.abnf", "", "a = b", "ebnf-grammar")]
    [DataRow("14", "x.txt", "", "# c\nexpr ::= term | expr '+' term\n  | x\nterm ::= 'a'\n", "ebnf-grammar")]
    [DataRow("14", "x.txt", "", "(* c *)\ndigit = \"0\" | \"1\" ;\nnumber = digit , { digit } ;\n", "ebnf-grammar")]
    [DataRow("14", "x.txt", "", "; c\nCRLF = CR LF\nCR = %x0D\nLF = %x0A\n", "ebnf-grammar")]
    [DataRow("14b assignments are no grammar", "x.txt", "", "a = 1\nb = 2\n", "")]
    [DataRow("14c one rule in a text", "x.md", "", "# T\n\nThe rule is\n\na ::= b\n\nas said.\nAnd more.\n", "")]
    [DataRow("15", "x.bnf", "", "<a> ::= <b>\n<b> ::= x\n", "bnf-grammar")]
    [DataRow("16", "x.yaml", "", "class: controlled-vocabulary\n", "controlled-vocabulary")]
    [DataRow("16", "x.yaml", "", "values:\n- a\n- name: b\n", "controlled-vocabulary")]
    [DataRow("16b one value", "x.yaml", "", "values: [a]\n", "")]
    [DataRow("16c values of something else", "x.yaml", "", "values: [1, 2]\n", "")]
    [DataRow("17", "x.json", "", "{\"codes\":[]}", "code-list")]
    [DataRow("17", "x.yaml", "", "class: code-list\n", "code-list")]
    [DataRow("17", "x.csv", "", "name, Code\na,1\n", "code-list")]
    [DataRow("17", "x", "text/csv", "code\n1\n", "code-list")]
    [DataRow("17b no such column", "x.csv", "", "a,b\n", "")]
    [DataRow("18", "x.schema.toml", "", "a = 1\n", "toml-schema")]
    [DataRow("19", "x.md", "", "# Title\n", "")]
    [DataRow("19", "x.html", "text/html", "<!DOCTYPE html><html></html>", "")]
    [DataRow("19", "x.toml", "", "a = 1\n", "")]
    [DataRow("19 a page instead of the file", "x.proto", "text/html", "<html>Sign in</html>", "")]
    public void FindsTheClass(string row, string name, string media, string content, string expected)
    {
        var found = Detect($"https://example.org/{name}", media, content);

        Assert.AreEqual(expected, found.Classes.FirstOrDefault() ?? "", $"row {row}: {found.Format}");
    }

    [TestMethod]
    [DataRow("https://www.rfc-editor.org/rfc/rfc0791.html", "rfc", "rfc-791", "IETF Trust")]
    [DataRow("https://datatracker.ietf.org/doc/html/rfc9110", "rfc", "rfc-9110", "IETF Trust")]
    [DataRow("https://www.rfc-editor.org/about/", "", null, null)]
    [DataRow("https://csrc.nist.gov/pubs/fips/204/final", "fips", "fips-204", "public-domain")]
    [DataRow("https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf", "fips", "fips-180", "public-domain")]
    [DataRow("https://doi.org/10.6028/NIST.FIPS.203", "fips", "fips-203", "public-domain")]
    [DataRow("https://www.w3.org/TR/webauthn-2/", "w3c-spec", "webauthn-2", "W3C")]
    [DataRow("https://www.w3.org/TR/2004/REC-xmlschema-1-20041028/structures.html", "w3c-spec", "xmlschema-1", "W3C")]
    [DataRow("https://www.iso.org/standard/26153.html", "iso-spec", null, "ISO")]
    [DataRow("https://www.rfc-editor.org.evil.example/rfc/rfc791", "", null, null)]
    public void KnowsStandardsByTheirHosts(string address, string expected, string? slug, string? license)
    {
        var found = Detect(address, "text/html", "<!DOCTYPE html><html></html>");

        Assert.AreEqual((expected, slug, license), (found.Classes.FirstOrDefault() ?? "", found.Slug, found.License));
    }

    [TestMethod]
    public void TellsWhatContradictsItself()
    {
        Codes(Detect("https://example.org/api.proto", "application/graphql", "openapi: 3.0.0\n"), "CAP0875 CAP0875");
        Codes(Detect("https://example.org/swagger.json", "application/json", "{\"swagger\":\"2.0\"}"), "CAP0876");
        Codes(Detect("https://www.iso.org/x.html", "text/html", "<html></html>"), "CAP0877");
        Codes(Detect("https://example.org/x.json", "application/json", "{\"a\":1,,}"), "CAP0878");
        Codes(Detect("https://example.org/x.yaml", "", "a: &a [b, *a]\n"), "CAP0878");
        Codes(Detect("https://example.org/x.json", "application/json", "<html></html>"), "CAP0878");
        Codes(Detect("https://example.org/x.proto", "text/plain", "message M {}"), "");
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 8).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 10))}]\n"));
        Codes(Detect("https://example.org/x.yaml", "", bomb), "CAP0878");
    }

    [TestMethod]
    public void TakesBinaryDocumentsAsTheyAre()
    {
        var pdf = FormatDetector.Detect(new ImportedDocument(new("https://example.org/x.pdf"), "application/pdf", [.. "%PDF-1.7\n"u8, 0, 0xFF]));
        Assert.AreEqual(("PDF", 0), (pdf.Format, pdf.Classes.Count));
        var bytes = FormatDetector.Detect(new ImportedDocument(new("https://example.org/x.proto"), null, [0xFF, 0, 1]));
        Assert.AreEqual(("a binary document", 0), (bytes.Format, bytes.Classes.Count));
    }

    [TestMethod]
    public void ReadsTitlesAuthorsAndTheFieldsOfTheClass()
    {
        var rfc = Detect("https://mirror.example/rfc1918.txt", "text/plain", Rfc);
        Assert.AreEqual("Address Allocation for Private Internets", rfc.Title);
        Assert.AreEqual("Y. Rekhter|B. Moskowitz|D. Karrenberg|G. J. de Groot", string.Join('|', rfc.Authors));
        Assert.AreEqual("rfc_number = 1918, published_date = \"1996-02\", status = \"BCP\", obsoletes = [\"RFC 1627\", \"RFC 1597\"]", Fields(rfc));

        var api = Detect("https://example.org/x", "", "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\" The\\n API \",\"version\":\"7\",\"contact\":{\"name\":\"Ann\"}}}");
        Assert.AreEqual(("The API", "Ann", "api_version = \"7\""), (api.Title, api.Authors.Single(), Fields(api)));

        var schema = Detect("https://example.org/x", "", "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"https://e.org/s\",\"title\":\"S\"}");
        Assert.AreEqual(("S", "schema_version = \"2020-12\", root_schema_id = \"https://e.org/s\""), (schema.Title, Fields(schema)));

        Assert.AreEqual("notation = \"antlr4\"", Fields(Detect("https://example.org/x.g4", "", "a ::= b\nc ::= d\n")));
        Assert.AreEqual("Real", Detect("https://example.org/x.md", "", "intro\n```\n# code\n```\n# Real #\n").Title);
        Assert.AreEqual("R", Detect("https://example.org/x.avsc", "", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}").Title);
        Assert.IsNull(Detect("https://example.org/x.txt", "", "nothing").Title);
    }

    private static Detection Detect(string address, string media, string content) => FormatDetector.Detect(new ImportedDocument(new(address), media, Encoding.UTF8.GetBytes(content)));

    private static void Codes(Detection found, string expected) => Assert.AreEqual(expected, string.Join(' ', found.Notes.Select(n => n.Code)), string.Join('\n', found.Notes.Select(n => n.Message)));

    private static string Fields(Detection found) => string.Join(", ", found.Fields.Select(f => $"{f.Key} = {TomlWriter.Value(f.Value)}"));
}
