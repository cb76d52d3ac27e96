using System.Xml.Linq;
using Capsule.Cli.Shell;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary>Whatever a user calls a project, its manifest is valid and its container has a name that a package can hold.</summary>
[TestClass]
public class Names
{
    /// <summary>A cut after 60 characters would end in a dash.</summary>
    private static readonly string VeryLong = new string('a', 59) + "-bcdef";

    [TestMethod]
    public async Task GiveAValidManifest()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        foreach (var (template, name, slug) in new[]
        {
            ("kit", "My Kit 2", "my-kit-2"), ("kit", "MCPServer.Tools", "mcp-server-tools"), ("kit", "2nd try", "kit-2nd-try"), ("kit", "Привет", "kit"),
            ("capsule", "a", "capsule-a"), ("capsule", "x&<y>'\"", "x-y"), ("capsule", VeryLong, VeryLong[..59]), ("capsule", "_Größe_", "gr-e"),
        })
        {
            (await hive.New(template, "-n", name)).Succeeds();

            var compiled = SourcePackage.Compile(hive[name]);
            Assert.IsTrue(compiled.Succeeded, $"{name}: {string.Join('\n', compiled.Diagnostics.Select(d => d.Message))}");
            Assert.IsEmpty(compiled.Diagnostics, name);
            Assert.AreEqual(slug, compiled.Value.Compiled.Pack.Package.Name);
            var project = XDocument.Load(hive[name, name + ".capproj"]);
            var container = project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? name;
            StringAssert.Matches(container, new(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z"));
        }
    }

    [TestMethod]
    public async Task AreShownAsTheyWereGiven()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();

        (await hive.New("kit", "-n", "Fish & <Chips>")).Succeeds();

        StringAssert.Contains(File.ReadAllText(hive["Fish & <Chips>", "workloads", "app", "web", "index.html"]), "<h1>Fish &amp; &lt;Chips&gt;</h1>");
        StringAssert.Contains(File.ReadAllText(hive["Fish & <Chips>", "workloads", "app", "src", "mcp.ts"]), "name: \"fish-chips\"");
    }

    [TestMethod]
    [DataRow("Acme, Inc.", "acme-inc")]
    [DataRow("!", null)]
    public async Task OfPublishersBecomeValid(string publisher, string? written)
    {
        using var hive = await TemplateHive.WithTemplatesAsync();

        (await hive.New("capsule", "-n", "Site", "--publisher", publisher)).Succeeds();

        Assert.AreEqual(written, XDocument.Load(hive["Site", "Site.capproj"]).Descendants("CapsulePublisher").SingleOrDefault()?.Value);
    }

    [TestMethod]
    public async Task ThatLeadElsewhereAreRefused()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        Directory.CreateDirectory(hive["inside"]);

        (await hive.In("inside", "new", "kit", "-n", "../outside")).Fails();

        Assert.IsFalse(Directory.Exists(hive["outside"]));
    }
}
