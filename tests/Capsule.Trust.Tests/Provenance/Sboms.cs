using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Provenance;

namespace Capsule.Trust.Tests.Provenance;

/// <summary>The shape is that of SPDX 2.3: required fields, the forms of ids and times, references that lead somewhere.</summary>
[TestClass]
public partial class Sboms
{
    [TestMethod]
    public void HaveTheFieldsThatSpdxRequires()
    {
        using var document = JsonDocument.Parse(SbomDocument.Write(Facts.Hello));
        var root = document.RootElement;
        Assert.AreEqual("SPDX-2.3", Text(root, "spdxVersion"));
        Assert.AreEqual("CC0-1.0", Text(root, "dataLicense"));
        Assert.AreEqual("SPDXRef-DOCUMENT", Text(root, "SPDXID"));
        Assert.AreNotEqual("", Text(root, "name"));
        var space = new Uri(Text(root, "documentNamespace"), UriKind.Absolute);
        Assert.AreEqual("", space.Fragment);
        Assert.EndsWith(Facts.Hello.Tree.Identity.Split(':')[1], space.AbsolutePath);
        var creation = root.GetProperty("creationInfo");
        Assert.IsTrue(DateTime.TryParseExact(
            Text(creation, "created"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.IsTrue(creation.GetProperty("creators").EnumerateArray().All(c => Creator.IsMatch(c.GetString()!)));

        var ids = new HashSet<string>();
        foreach (var element in root.GetProperty("packages").EnumerateArray().Concat(root.GetProperty("files").EnumerateArray()))
        {
            Assert.MatchesRegex(Id, Text(element, "SPDXID"));
            Assert.IsTrue(ids.Add(Text(element, "SPDXID")), "Ids are unique.");
        }

        foreach (var package in root.GetProperty("packages").EnumerateArray())
        {
            Assert.AreNotEqual("", Text(package, "name"));
            Assert.AreEqual("NOASSERTION", Text(package, "downloadLocation"));
            Assert.IsFalse(package.GetProperty("filesAnalyzed").GetBoolean());
            foreach (var reference in package.TryGetProperty("externalRefs", out var references) ? references.EnumerateArray() : default)
            {
                Assert.Contains(Text(reference, "referenceCategory"), new[] { "PACKAGE-MANAGER", "OTHER" });
                Assert.DoesNotContain(" ", Text(reference, "referenceLocator"));
                Assert.AreNotEqual("", Text(reference, "referenceType"));
            }
        }

        foreach (var relationship in root.GetProperty("relationships").EnumerateArray())
        {
            Assert.IsTrue(Text(relationship, "spdxElementId") == "SPDXRef-DOCUMENT" || ids.Contains(Text(relationship, "spdxElementId")));
            Assert.Contains(Text(relationship, "relatedSpdxElement"), ids);
            Assert.Contains(Text(relationship, "relationshipType"), new[] { "DESCRIBES", "CONTAINS", "DEPENDS_ON" });
        }
    }

    [TestMethod]
    public void ListTheFilesWithTheirDigestsAndThePackageWithItsLicence()
    {
        using var document = JsonDocument.Parse(SbomDocument.Write(Facts.Hello));
        var files = document.RootElement.GetProperty("files").EnumerateArray().ToArray();
        CollectionAssert.AreEqual(new[] { "./bin/run é.sh", "./capability.yml" }, files.Select(f => Text(f, "fileName")).ToArray());
        var checksum = files[1].GetProperty("checksums")[0];
        Assert.AreEqual("SHA256", Text(checksum, "algorithm"));
        Assert.AreEqual(new string('a', 64), Text(checksum, "checksumValue"));

        var package = document.RootElement.GetProperty("packages")[0];
        Assert.AreEqual("hello", Text(package, "name"));
        Assert.AreEqual("1.0.0", Text(package, "versionInfo"));
        Assert.AreEqual("MIT OR Apache-2.0", Text(package, "licenseDeclared"));
        Assert.AreEqual(Facts.Hello.Tree.Identity, Text(package.GetProperty("externalRefs")[0], "referenceLocator"));
        Assert.AreEqual("pkg:capsule/acme/hello@1.0.0", Text(package.GetProperty("externalRefs")[1], "referenceLocator"));
    }

    [TestMethod]
    public void TakeTheirTimeFromTheSourceOnly()
    {
        Assert.AreEqual("1970-01-01T00:00:00Z", Created(Facts.Hello));
        Assert.AreEqual("2001-09-09T01:46:40Z", Created(Facts.Hello with { Time = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000) }));

        static string Created(BuildFacts facts) =>
            Text(JsonDocument.Parse(SbomDocument.Write(facts)).RootElement.GetProperty("creationInfo"), "created");
    }

    [TestMethod]
    [DataRow("MIT", "MIT")]
    [DataRow("(MIT AND Apache-2.0+) OR GPL-2.0-only WITH Classpath-exception-2.0", "(MIT AND Apache-2.0+) OR GPL-2.0-only WITH Classpath-exception-2.0")]
    [DataRow("all rights reserved", "NOASSERTION")]
    [DataRow("MIT OR", "NOASSERTION")]
    [DataRow("(MIT", "NOASSERTION")]
    [DataRow("LicenseRef-mine", "NOASSERTION")]
    [DataRow("", "NOASSERTION")]
    [DataRow(null, "NOASSERTION")]
    public void StateOnlyLicencesThatSpdxCanRead(string? stated, string declared)
    {
        var package = JsonDocument.Parse(SbomDocument.Write(Facts.Hello with { License = stated })).RootElement.GetProperty("packages")[0];
        Assert.AreEqual(declared, Text(package, "licenseDeclared"));
    }

    [TestMethod]
    public void DoNotNeedAPublisherOrAVersion()
    {
        var facts = Facts.Hello with { Package = new PackageReference("kit", null, "hello", null) };
        Assert.DoesNotContain("purl\",\"referenceLocator\":\"pkg:capsule", System.Text.Encoding.UTF8.GetString(SbomDocument.Write(facts)));
    }

    [TestMethod]
    public void AreThePredicateOfTheirStatement()
    {
        var statement = StatementReader.Read(SbomDocument.WriteStatement(Facts.Hello));
        Assert.AreEqual("https://spdx.dev/Document", statement.PredicateType);
        Assert.AreEqual(System.Text.Encoding.UTF8.GetString(SbomDocument.Write(Facts.Hello)), statement.Predicate.GetRawText());
    }

    [GeneratedRegex("^SPDXRef-[A-Za-z0-9.-]+$")]
    private static partial Regex Id { get; }

    [GeneratedRegex("^(Tool|Organization|Person): .+")]
    private static partial Regex Creator { get; }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
