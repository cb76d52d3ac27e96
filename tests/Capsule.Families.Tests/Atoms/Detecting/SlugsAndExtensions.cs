using System.Text;
using Capsule.Families.Atoms.Detecting;

namespace Capsule.Families.Tests.Atoms.Detecting;

/// <summary>Names of imported atoms and of their assets (specs: atoms 9.1, 9.3).</summary>
[TestClass]
public class SlugsAndExtensions
{
    [TestMethod]
    [DataRow("https://example.org/specs/Pet%20Store.schema.json", "pet-store")]
    [DataRow("https://example.org/pets/openapi.yaml", "pets")]
    [DataRow("https://example.org/pets/v3/api/openapi.json?x=secret", "pets")]
    [DataRow("https://example.org/a/2.0.1/", "a")]
    [DataRow("https://raw.githubusercontent.com/owner/repo/main/openapi.yaml", "repo")]
    [DataRow("https://raw.githubusercontent.com/owner/repo/0123456789abcdef0123456789abcdef01234567/schema.json", "repo")]
    [DataRow("https://raw.githubusercontent.com/owner/repo/refs/heads/feature/schema.json", "repo")]
    [DataRow("https://github.com/owner/repo/raw/feature-x/index.json", "repo")]
    [DataRow("https://gitlab.com/group/project/-/raw/feature-x/spec.yaml", "-project")]
    [DataRow("https://example.org/", "example")]
    [DataRow("https://www.example.org/index.html", "example")]
    [DataRow("https://example.org/__Weird...Name--1__.txt", "weird.name-1")]
    [DataRow("https://example.org/a%2F..%2Fb.txt", "a-b")]
    [DataRow("https://example.org/%E2%82%AC/", "example")]
    [DataRow("http://127.0.0.1:8080/openapi.json", null)]
    [DataRow("http://[::1]/v1", null)]
    [DataRow("file:///srv/docs/index.md", null)]
    [DataRow("file:///srv/docs/Notes.md", "notes")]
    public void ComeFromTheAddress(string address, string? slug) => Assert.AreEqual(slug?.TrimStart('-'), UrlSlug.Of(new Uri(address)));

    [TestMethod]
    [DataRow("x.json", "", "{}", "openapi-spec", ".json")]
    [DataRow("api-docs", "", "{}", "openapi-spec", ".json")]
    [DataRow("api-docs", "", "a: 1\n", "openapi-spec", ".yaml")]
    [DataRow("x.txt", "", "syntax = \"proto3\";", "grpc-spec", ".proto")]
    [DataRow("x.schema.json", "", "true", "json-schema", ".json")]
    [DataRow("x.g4", "", "grammar X;", "ebnf-grammar", ".txt")]
    [DataRow("rfc1.html", "text/html", "<html></html>", "rfc", ".html")]
    [DataRow("rfc1", "text/html", "<html></html>", "rfc", ".html")]
    [DataRow("x", "text/markdown", "# T", "house-style", ".md")]
    [DataRow("x", "", "plain", "house-style", ".txt")]
    [DataRow("x.p-+f", "", "plain", "house-style", ".txt")]
    public void FitTheClassAndTheContent(string name, string media, string content, string @class, string expected) =>
        Assert.AreEqual(expected, AssetExtension.Of(new ImportedDocument(new($"https://example.org/{name}"), media, Encoding.UTF8.GetBytes(content)), @class));
}
