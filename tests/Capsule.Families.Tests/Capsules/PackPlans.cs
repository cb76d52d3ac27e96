namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class PackPlans
{
    [TestMethod]
    public void TheManifestNamesThePackage()
    {
        using var project = CapsuleScenario.ServerWith("type = \"app\"", "type = \"app\"\nmetadata.description = \"A server.\"");
        var pack = project.Plans().Pack;
        Assert.AreEqual(("capsule", "acme", "my-server", "1.2.3"), (pack.Package.Family, pack.Package.Scope, pack.Package.Name, pack.Package.Version));
        Assert.AreEqual(("capsule.toml", ".capsule", "A server."), (pack.Manifest, pack.Extension, pack.Description));
    }

    [TestMethod]
    public void AProgramTakesItsWholeFolderWithoutBuildOutputAndSecrets() => Expect(
        "",
        ["lib/a.js", "config.json", "node_modules/x/i.js", ".git/config", ".env", "README.md", "env/settings.js"],
        "README.md", "capsule.toml", "config.json", "env/settings.js", "lib/a.js", "server.mjs");

    [TestMethod]
    public void IncludeIsAnAllowListThatManifestLocksAndReadmePass() => Expect(
        "[pack]\ninclude = [\"*.mjs\", \"lib/**\"]",
        ["lib/a.js", "other/b.js", "package-lock.json", "README.md", "LICENSE", "capproj.lock", "lib/node_modules/x.js"],
        "LICENSE", "README.md", "capproj.lock", "capsule.toml", "lib/a.js", "package-lock.json", "server.mjs");

    [TestMethod]
    public void IncludeByNameBringsBackWhatIsLeftOut() => Expect(
        "[pack]\ninclude = [\"*.mjs\", \".next/standalone/**\", \".env.example\"]",
        [".next/standalone/node_modules/x.js", ".next/cache/y", ".env.example", ".env"],
        ".env.example", ".next/standalone/node_modules/x.js", "capsule.toml", "server.mjs");

    [TestMethod]
    public void ExcludeWinsOverIncludeButNotOverTheManifest() => Expect(
        "[pack]\ninclude = [\"**\"]\nexclude = [\"lib\", \"*.toml\", \"*.md\"]",
        ["lib/a.js", "src/b.js", "src/notes.md"],
        "capsule.toml", "server.mjs", "src/b.js");

    [TestMethod]
    public void ASiteTakesOnlyWhatIsServed()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Site, "dist/index.html", "dist/a/b.css", "src/page.ts", "README.md", "notes.txt");
        CollectionAssert.AreEqual(
            new[] { "README.md", "capsule.toml", "dist/a/b.css", "dist/index.html" },
            project.Plans().Pack.Entries.Select(e => e.Path).ToArray());
    }

    [TestMethod]
    public void ASiteInAFolderThatIsLeftOutElsewhereIsPacked()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Site.Replace("\"dist\"", "\".output/public\"", StringComparison.Ordinal), ".output/public/index.html", ".output/server/x.js");
        CollectionAssert.AreEqual(
            new[] { ".output/public/index.html", "capsule.toml" },
            project.Plans().Pack.Entries.Select(e => e.Path).ToArray());
    }

    private static void Expect(string lines, string[] files, params string[] packed)
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n{lines}\n", [.. files, "server.mjs"]);
        CollectionAssert.AreEqual(packed, project.Plans().Pack.Entries.Select(e => e.Path).ToArray());
    }
}
