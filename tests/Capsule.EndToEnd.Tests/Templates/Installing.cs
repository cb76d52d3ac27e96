using Capsule.EndToEnd.Tests.Sdk;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary>The template package, as <c>dotnet new</c> installs it from a feed.</summary>
[TestClass]
public class Installing
{
    [TestMethod]
    public async Task ComesAndGoesByThePackagesName()
    {
        using var hive = await TemplateHive.EmptyAsync();

        (await hive.New("install", $"Capsule.Templates@{PackedFeed.Version}", "--add-source", hive.Feed.Packages)).Succeeds();
        var list = (await hive.New("list", "--author", "Capsule", "--columns", "type")).Succeeds();
        foreach (var (name, type) in new[]
        {
            ("kit", "project"), ("capsule", "project"), ("capproj", "project"),
            ("kit-manifest", "item"), ("kit-test", "item"), ("capsule-manifest", "item"),
        })
        {
            StringAssert.Matches(list.Output, new($@" {name} +{type}\b"));
        }

        (await hive.New("capsule", "--help")).Succeeds().Says("--publisher").Says("--target").Says("A server on node, in the sandbox.");
        (await hive.New("uninstall", "Capsule.Templates")).Succeeds();
        (await hive.New("kit", "-n", "Late")).Fails();
        Assert.IsFalse(Directory.Exists(hive["Late"]));
    }
}
