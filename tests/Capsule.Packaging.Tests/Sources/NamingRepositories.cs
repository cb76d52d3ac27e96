using Capsule.Distribution.Sources;

namespace Capsule.Packaging.Tests.Sources;

/// <summary>How a user writes a package in a repository: addresses, pages, and what is refused.</summary>
[TestClass]
public sealed class NamingRepositories
{
    [TestMethod]
    [DataRow("https://example.org/kits/hello", "https://example.org/kits/hello", null, "")]
    [DataRow("https://example.org/kits/hello/", "https://example.org/kits/hello", null, "")]
    [DataRow("https://example.org/kits/hello.git#v1", "https://example.org/kits/hello.git", "v1", "")]
    [DataRow("https://example.org/kits/hello#feature/x:kits/one/", "https://example.org/kits/hello", "feature/x", "kits/one")]
    [DataRow("https://example.org/kits/hello#:kits", "https://example.org/kits/hello", null, "kits")]
    [DataRow("https://example.org/kits/tree/main", "https://example.org/kits/tree/main", null, "")]
    [DataRow("ssh://git@example.org/kits/hello#main", "ssh://git@example.org/kits/hello", "main", "")]
    [DataRow("git@example.org:kits/hello.git#main:a/b", "git@example.org:kits/hello.git", "main", "a/b")]
    [DataRow("https://github.com/acme/hello", "https://github.com/acme/hello", null, "")]
    [DataRow("https://github.com/acme/hello.git", "https://github.com/acme/hello", null, "")]
    [DataRow("https://www.github.com/acme/hello/", "https://github.com/acme/hello", null, "")]
    [DataRow("https://github.com/acme/hello/tree/v1", "https://github.com/acme/hello", "v1", "")]
    [DataRow("https://github.com/acme/hello/tree/main/kits/one/", "https://github.com/acme/hello", "main", "kits/one")]
    [DataRow("https://github.com/acme/hello/blob/main/capability.yml", "https://github.com/acme/hello", "main", "")]
    [DataRow("https://github.com/acme/hello/blob/main/kits/one/capability.yml", "https://github.com/acme/hello", "main", "kits/one")]
    [DataRow("github.com/acme/hello#v2", "https://github.com/acme/hello", "v2", "")]
    [DataRow("https://git.example.org/a/b/c/-/tree/main/kits", "https://git.example.org/a/b/c", "main", "kits")]
    public void IsUnderstood(string text, string url, string? name, string folder)
    {
        var found = GitLocation.Parse(text);
        Assert.IsTrue(found.Succeeded, found.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual((url, name, folder), (found.Value.Source.Url, found.Value.Source.Ref, found.Value.Folder));
        Assert.AreEqual(found.Value, GitLocation.Parse(found.Value.ToString()).Value, "what is shown can be written");
        Assert.IsTrue(GitLocation.LooksLike(text) || GitLocation.LooksShort(text));
    }

    [TestMethod]
    [DataRow("file:///etc", "CAP4300")]
    [DataRow("file:/etc", "CAP4300")]
    [DataRow("ext::sh -c id", "CAP4300")]
    [DataRow("http://example.org/kit", "CAP4300")]
    [DataRow("https://user:pass@example.org/kit", "CAP4300")]
    [DataRow("https://example.org/kit?x=1", "CAP4300")]
    [DataRow("https://github.com/acme/hello?tab=readme", "CAP4300")]
    [DataRow("https://example.org/kit#--upload-pack=x", "CAP4301")]
    [DataRow("https://example.org/kit#main:../up", "CAP4310")]
    [DataRow("https://example.org/kit#main:/etc", "CAP4310")]
    [DataRow("https://example.org/kit#main:a//b", "CAP4310")]
    [DataRow("https://github.com/acme/hello/tree/main/%2e%2e%2fx", "CAP4310")]
    [DataRow("https://github.com/acme/hello/tree/main/a%0ab", "CAP4310")]
    [DataRow("https://github.com/acme/hello/tree/main#v1", "CAP4311")]
    [DataRow("git@-host:x", "CAP4300")]
    public void IsRefused(string text, string code)
    {
        Assert.IsTrue(GitLocation.LooksLike(text), "it is no path of this machine");
        Assert.AreEqual(code, GitLocation.Parse(text).Diagnostics[0].Code);
    }

    [TestMethod]
    [DataRow("./hello")]
    [DataRow("hello.capakit")]
    [DataRow("acme/hello@1.0.0")]
    [DataRow("/srv/kits/hello")]
    [DataRow("C:\\kits\\hello")]
    public void APathIsNoAddress(string text) => Assert.IsFalse(GitLocation.LooksLike(text));
}
