namespace Capsule.Families.Tests.Atoms;

/// <summary>The rules of each class: a right asset is silent, each wrong one is told (specs: atoms 3.3).</summary>
[TestClass]
public class ClassRules
{
    private const string Rfc = "rfc_number = 7\ntitle = \"T\"\nauthors = [\"A\"]\npublished_date = \"1996-02\"\nstatus = \"BCP\"\nobsoletes = [\"RFC 1\"]\nerrata_ids = [1]";

    private const string RfcSource = "[protocol]\nprovenance = \"https://www.rfc-editor.org/rfc/rfc7\"\nlicense = \"IETF Trust\"";

    private const string Fips = "[protocol]\nprovenance = \"https://csrc.example\"\nlicense = \"public-domain\"";

    [TestMethod]
    [DataRow("openapi-spec", "a.yaml", "openapi: 3.0.3\n", true)]
    [DataRow("openapi-spec", "a.json", "{\"openapi\": \"3.1.0\"}", true)]
    [DataRow("openapi-spec", "a.yaml", "swagger: '2.0'\n", false)]
    [DataRow("openapi-spec", "a.yaml", "openapi: 3.1\n", false)]
    [DataRow("openapi-spec", "a.yaml", "- openapi\n", false)]
    [DataRow("openapi-spec", "a.yaml", "a: &a [x]\na: *a\n", false)]
    [DataRow("openapi-spec", "a.yaml", "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nopenapi: 3.0.0\n", false)]
    [DataRow("openapi-spec", "a.txt", "openapi: 3.0.3\n", false)]
    [DataRow("asyncapi-spec", "a.yml", "asyncapi: 2.6.0\n", true)]
    [DataRow("asyncapi-spec", "a.yml", "asyncapi: 1.2.0\n", false)]
    [DataRow("graphql-schema", "a.graphql", "\"\"\"Doc\"\"\"\ntype Query @a(b: [1, {c: \"d\"}]) { \"x\" f(a: Int! = 3, b: [B!]!): [String]! @deprecated }\nenum B { X Y }\nunion U = | A | B\ninterface I implements J & K { a: B }\ninput N { a: Int = -1.5e3 }\nscalar Date\ndirective @a(b: X) repeatable on FIELD | OBJECT\nextend type Query { g: Int }", true)]
    [DataRow("graphql-schema", "a.sdl", "schema { query: Root }\ntype Root { a: Int }", true)]
    [DataRow("graphql-schema", "a.gql", "type A { b: Int }", false)]
    [DataRow("graphql-schema", "a.gql", "type Query { b: }", false)]
    [DataRow("graphql-schema", "a.gql", "type Query { b: Int ", false)]
    [DataRow("graphql-schema", "a.gql", "{ query }", false)]
    [DataRow("graphql-schema", "a.gql", "# type Query { a: Int }\n\"type Query\" scalar X", false)]
    [DataRow("grpc-spec", "a.proto", "syntax = \"proto3\";\npackage a.b;\nmessage M { string s = 1; }\nservice S { rpc Get (M) returns (stream M); }", true)]
    [DataRow("grpc-spec", "a.proto", "syntax = \"proto3\";\n// service S { rpc Get (M) returns (M); }\nmessage M { string s = 1 [default = \"service S { rpc\"]; }", false)]
    [DataRow("grpc-spec", "a.proto", "syntax = \"proto2\";\nservice S { rpc Get (M) returns (M) {} }", false)]
    [DataRow("protobuf-schema", "a.proto", "enum E { A = 0; }", true)]
    [DataRow("protobuf-schema", "a.proto", "message M {}\nservice S { rpc Get (M) returns (M); }", false)]
    [DataRow("protobuf-schema", "a.proto", "/* message M {}", false)]
    [DataRow("protobuf-schema", "a.proto", "message M {", false)]
    [DataRow("json-rpc-spec", "a.json", "{\"jsonrpc\":\"2.0\",\"methods\":[{\"name\":\"a\",\"params\":[],\"result\":{}}]}", true)]
    [DataRow("json-rpc-spec", "a.json", "{\"jsonrpc\":\"2.0\",\"methods\":[{\"name\":\"a\"}]}", false)]
    [DataRow("json-rpc-spec", "a.yaml", "methods: [{name: a, params: [], result: {}}]\n", false)]
    [DataRow("avro-schema", "a.avsc", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}", true)]
    [DataRow("avro-schema", "a.avsc", "[\"null\",{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}]", true)]
    [DataRow("avro-schema", "a.json", "{\"type\":\"record\"}", false)]
    [DataRow("xml-schema", "a.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>", true)]
    [DataRow("xml-schema", "a.xsd", "<schema/>", false)]
    [DataRow("xml-schema", "a.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">", false)]
    [DataRow("xml-schema", "a.xsd", "<!DOCTYPE s [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">&e;</xs:schema>", false)]
    [DataRow("toml-schema", "a.toml", "a = 1\n", true)]
    [DataRow("toml-schema", "a.toml", "a = \n", false)]
    [DataRow("bnf-grammar", "a.bnf", "<a> ::= b\n", true)]
    [DataRow("ebnf-grammar", "a.ebnf", " \n", false)]
    [DataRow("language-reference", "a.html", "<p>", true)]
    [DataRow("language-reference", "a.pdf", "x", false)]
    [DataRow("query-language-spec", "a.yaml", "x", true)]
    [DataRow("regex-spec", "a.md", "x", true)]
    [DataRow("ontology", "a.ttl", "<x> a owl:Ontology .", true)]
    [DataRow("ontology", "a.ttl", "<x> a <y> .", false)]
    [DataRow("controlled-vocabulary", "a.yaml", "values: [a, {name: b}, {value: 3}]\n", true)]
    [DataRow("controlled-vocabulary", "a.yaml", "values: [a]\n", false)]
    [DataRow("controlled-vocabulary", "a.yaml", "values: [a, {value: a}]\n", false)]
    [DataRow("controlled-vocabulary", "a.yaml", "values: [a, {x: b}]\n", false)]
    [DataRow("code-list", "a.csv", "name,code\r\n\"A, \"\"x\"\"\nB\",1\r\nC,2\r\n", true)]
    [DataRow("code-list", "a.csv", "code,name\n1,A\n2,B\n1,C\n", false)]
    [DataRow("code-list", "a.csv", "\uFEFFcode\n1\n", false)]
    [DataRow("code-list", "a.json", "{\"codes\":[{\"code\":\"a\"},{\"code\":\"b\"}]}", true)]
    [DataRow("code-list", "a.json", "[\"a\",\"a\"]", false)]
    [DataRow("house-style", "a.xyz", "anything", true)]
    public void OfAssets(string @class, string asset, string content, bool right)
    {
        using var scene = new CatalogScene();
        Holds(scene, scene.Atom(@class, "", asset, content), right);
    }

    [TestMethod]
    [DataRow("draft-07", "https://a.example/s", "{\"$id\":\"https://a.example/s\",\"$schema\":\"http://json-schema.org/draft-07/schema#\"}", true)]
    [DataRow("2020-12", "https://a.example/s", "{\"$id\":\"https://a.example/s\",\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}", true)]
    [DataRow("draft-04", "https://a.example/s", "{\"id\":\"https://a.example/s\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"}", true)]
    [DataRow("draft-04", "https://a.example/s", "{\"$id\":\"https://a.example/s\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"}", false)]
    [DataRow("draft-07", "https://a.example/s", "{\"$id\":\"https://a.example/t\",\"$schema\":\"http://json-schema.org/draft-07/schema#\"}", false)]
    [DataRow("draft-07", "https://a.example/s", "{\"$id\":\"https://a.example/s\",\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}", false)]
    [DataRow("draft-05", "https://a.example/s", "{\"$id\":\"https://a.example/s\"}", false)]
    public void OfJsonSchemas(string version, string id, string asset, bool right)
    {
        using var scene = new CatalogScene();
        Holds(scene, scene.Atom("json-schema", $"schema_version = \"{version}\"\nroot_schema_id = \"{id}\"", "a.json", asset), right);
    }

    [TestMethod]
    [DataRow("", "", true)]
    [DataRow("rfc_number = 7", "rfc_number = 8", false)]
    [DataRow("1996-02", "1996-13", false)]
    [DataRow("1996-02", "1996-02-30", false)]
    [DataRow("\"BCP\"", "\"STANDARDS_TRACK\"", true)]
    [DataRow("\"BCP\"", "\"DRAFT\"", false)]
    [DataRow("RFC 1", "RFC1", false)]
    [DataRow("errata_ids = [1]", "errata_ids = [\"1\"]", false)]
    [DataRow("www.rfc-editor.org", "rfc.example", false)]
    [DataRow("IETF Trust", "MIT", false)]
    public void OfRfcs(string old, string text, bool right)
    {
        using var scene = new CatalogScene();
        string Change(string part) => old.Length == 0 ? part : part.Replace(old, text, StringComparison.Ordinal);
        Holds(scene, scene.Atom("rfc", Change(Rfc), "a.md", "x", "rfc-7", Change(RfcSource)), right);
    }

    [TestMethod]
    public void OfNumbersInlineValuesAndNotices()
    {
        using var scene = new CatalogScene();
        Holds(scene, scene.Atom("fips", "fips_number = 204", "a.md", "x", "fips-204", Fips), true);
        Holds(scene, scene.Atom("fips", "fips_number = 203", "a.md", "x", "fips-204", Fips), false);
        var inline = scene.Atom("controlled-vocabulary", "inline_values = [\"a\", \"b\"]", "a.yaml", "");
        Assert.AreEqual("CAP0808", scene.Validate(inline).Problems.First(p => p.IsError).Code);
        var manifest = Path.Combine(inline, "atom.toml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("asset = \"a.yaml\"", "", StringComparison.Ordinal));
        Holds(scene, inline, true);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"b\"", "\"a\"", StringComparison.Ordinal));
        Holds(scene, inline, false);
        Assert.AreEqual("CAP0826", scene.Validate(scene.Atom("ebnf-grammar", "", "a.abnf", "a = b", "abnf")).Problems.Single().Code);
        Assert.AreEqual("CAP0826", scene.Validate(scene.Atom("json-rpc-spec", "", "a.json", "{\"openrpc\":\"1.2.6\",\"methods\":[{\"name\":\"a\",\"params\":[],\"result\":{}}]}")).Problems.Single().Code);
        File.WriteAllBytes(Path.Combine(scene.Atom("regex-spec", "", "a.md", ""), "a.md"), [0xFF]);
        Holds(scene, scene["compositions/regex-spec/sample@1.0.0"], false);
    }

    private static void Holds(CatalogScene scene, string folder, bool right)
    {
        var problems = scene.Validate(folder).Problems.Where(p => p.IsError).ToArray();
        Assert.AreEqual(right, problems.Length == 0, string.Join('\n', problems.Select(p => p.Text)));
        Assert.IsTrue(problems.All(p => p.Code == "CAP0812"), string.Join('\n', problems.Select(p => p.Text)));
    }
}
