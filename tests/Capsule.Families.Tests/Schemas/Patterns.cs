using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans.Assertions;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Capsules;
using Capsule.Families.Kits;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Packing;

namespace Capsule.Families.Tests.Schemas;

/// <summary>
/// The patterns of the schemas against the functions of the build, over thousands of texts: whatever the build takes, the
/// pattern takes, and where the pattern is exact, the other way round too.
/// </summary>
[TestClass]
public class Patterns
{
    private const int Texts = 4000;

    [TestMethod]
    public void OfHttpPaths() => Exact("capability", "expose/items/properties/path", "/a.b?%#\\ 1", t => Reads(at => ManifestText.HttpPath(at, Text(t))));

    [TestMethod]
    public void OfRequestPaths() =>
        Exact("capability-test", "request/properties/path", "/a.?%#\\ \u007f1", t => Reads(at => ManifestText.RequestPath(at, Text(t))));

    [TestMethod]
    public void OfTextsThatAreNotBlank() =>
        Exact("capability", "host_mounts/additionalProperties/properties/usage", " \t\na-", t => Reads(at => ManifestText.Line(at, Text(t))));

    [TestMethod]
    public void OfIds() => Exact("capability", "name", "ab9_-A.", t => Reads(at => ManifestText.Id(at, Text(t))));

    [TestMethod]
    public void OfVersions() => Exact("capsule", "version", "0129.-a", CapsuleVersion.IsValid);

    [TestMethod]
    public void OfAmountsOfMemory() => Exact("capsule", "requirements/properties/disk", "05. KkMBbGt", t => MemoryAmount.Parse(t) is not null);

    [TestMethod]
    public void OfHosts() => Wider("capsule", "network/properties/egress_allow/items", "a1.-*:_/8", t => EgressHost.Parse(t) is not null);

    [TestMethod]
    public void OfFilePatterns() => Wider("capsule", "pack/properties/include/items", "a/.*?", t => Glob.Parse(t) is not null);

    [TestMethod]
    public void OfAtoms()
    {
        Compare("atom", "version", ["1.0.", "0.1.2", "2", "01", "-", "a", ".", "+"], AtomNames.IsVersion, exact: true);
        Wider("atom", "id", ["a", "1", "-", "/", ".", "_", "b/c/d"], t => AtomReference.Of(t, "1.0.0") is not null);
        Wider("atom", "supersedes", ["a", "1", "-", "/", "@", ".", "b/c/d@1.0.0", "a"], t => t.Length == 0 || AtomReference.Parse(t) is not null);
        Wider("atom", "created_at", ["2026-05-24T00:00:00", "2026-05-24 01:02:03", "Z", ".5", "+01:00", "1"], t => Rfc3339.Read(t) is not null);
        Wider("atom", "content_hash", ["sha256:", new('a', 32), "F", "g", new('0', 64)], t => t.Length == 0 || AtomHash.Digits(t) is not null);
        Wider("ATOMS", "additionalProperties", ["1 of role:a", "2of3 of role : b-c", " ", "role:", "a", "+", " and "], t => QuorumRuleText.Parse(t) is not null);
    }

    [TestMethod]
    public void OfAssertions() => Wider("capability-test", "validations", ["$", ".a", "[0]", ".eq(", ".exists()", "1", ")", " ", "é(", "\n"], t =>
    {
        try
        {
            Assertion.Parse(t);
            return true;
        }
        catch (AssertionSyntaxException)
        {
            return false;
        }
    });

    private static void Exact(string schema, string path, string alphabet, Func<string, bool> takes) =>
        Compare(schema, path, [.. alphabet.Select(c => c.ToString())], takes, exact: true);

    private static void Wider(string schema, string path, string alphabet, Func<string, bool> takes) =>
        Wider(schema, path, [.. alphabet.Select(c => c.ToString())], takes);

    private static void Wider(string schema, string path, string[] pieces, Func<string, bool> takes) => Compare(schema, path, pieces, takes, exact: false);

    private static void Compare(string schema, string path, string[] pieces, Func<string, bool> takes, bool exact)
    {
        var field = Field(ManifestSchemas.Find(schema)!.Render(), path);
        var pattern = new Regex(field["pattern"]!.GetValue<string>(), RegexOptions.CultureInvariant);
        var longest = field["maxLength"]?.GetValue<int>() ?? int.MaxValue;
        var random = new Random(20_26);
        var taken = 0;
        foreach (var text in Enumerable.Range(0, Texts).Select(_ => string.Concat(random.GetItems(pieces, random.Next(0, 9)))).Concat(Examples(field)))
        {
            var build = takes(text);
            taken += build ? 1 : 0;
            var editor = pattern.IsMatch(text) && text.Length <= longest;
            Assert.IsTrue(build == editor || (!exact && editor), $"'{text}': the build {build}, the schema {editor}");
        }

        Assert.IsGreaterThan(10, taken, "Some texts are right.");
    }

    /// <summary>By the way of keys below "properties"; or the first field of that name, or at the end of such a way, with a pattern, at any depth.</summary>
    private static JsonNode Field(JsonNode schema, string path)
    {
        var at = path.Split('/').Aggregate(schema["properties"], (node, key) => node?[key]);
        return at ?? All(schema).Select(n => path.Split('/').Aggregate((JsonNode?)n, (node, key) => node is JsonObject map ? map[key] : null)).OfType<JsonNode>().SelectMany(All).First(n => n["pattern"] is not null);
    }

    private static IEnumerable<JsonNode> All(JsonNode node)
    {
        var children = node switch
        {
            JsonObject map => map.Select(m => m.Value),
            JsonArray list => list,
            _ => [],
        };
        return (node is JsonObject ? [node] : Enumerable.Empty<JsonNode>()).Concat(children.OfType<JsonNode>().SelectMany(All));
    }

    private static IEnumerable<string> Examples(JsonNode field) => (field["examples"] as JsonArray ?? []).Select(e => e!.GetValue<string>());

    private static Field<string> Text(string text) => new(text, SourceSpan.Of("capability.yml"), FieldPath.Root);

    /// <summary>True when reading a text reports nothing.</summary>
    private static bool Reads(Func<FieldReader, object?> read)
    {
        var problems = new List<Diagnostic>();
        var root = YamlReader.Read(new SourceText("/kit/capability.yml", "a: 1\n")).Value!;
        read(FieldReader.Root(root, KitDiagnostics.Fields, problems)!);
        return problems.Count == 0;
    }
}
