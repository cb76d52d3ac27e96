using System.Text.Json.Nodes;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary>The three files of each template's <c>.template.config</c> fit each other and the template.</summary>
[TestClass]
public class Files
{
    private static readonly string Root = Checkout.File("sdk", "templates");

    private static IEnumerable<string> Templates => Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal);

    [TestMethod]
    public void EachTemplateIsCalledAsItsFolderAndSaysWhatItIs()
    {
        var identities = new HashSet<string>();
        foreach (var folder in Templates)
        {
            var template = Read(folder, "template.json");
            Assert.AreEqual(Path.GetFileName(folder), (string?)template["shortName"]);
            Assert.IsTrue(identities.Add((string)template["identity"]!), folder);
            foreach (var member in new[] { "author", "name", "description", "defaultName" })
            {
                Assert.IsFalse(string.IsNullOrWhiteSpace((string?)template[member]), $"{folder}: {member}");
            }

            Assert.IsNotEmpty(template["classifications"]!.AsArray(), folder);
            Assert.Contains((string)template["tags"]!["type"]!, new[] { "project", "item" });
        }

        Assert.AreEqual(6, identities.Count);
    }

    [TestMethod]
    public void EachProjectTemplateNamesTheProjectFileThatItWrites()
    {
        foreach (var folder in Templates.Where(f => (string?)Read(f, "template.json")["tags"]!["type"] == "project"))
        {
            var template = Read(folder, "template.json");
            var project = (string)template["primaryOutputs"]!.AsArray().Single()!["path"]!;
            Assert.AreEqual($"{template["sourceName"]}.capproj", project);
            StringAssert.StartsWith(File.ReadAllText(Path.Combine(folder, project)), "<Project Sdk=\"Capsule.Sdk/@CapsuleSdkVersion@\">");
        }
    }

    [TestMethod]
    public void EveryParameterIsShownByTheCommandLineAndTheIde()
    {
        foreach (var folder in Templates)
        {
            var parameters = Symbols(folder).Where(s => (string?)s.Value!["type"] == "parameter").ToDictionary(s => s.Key, s => s.Value!);
            var ide = Read(folder, "ide.host.json");
            CollectionAssert.AreEquivalent(parameters.Keys, Read(folder, "dotnetcli.host.json")["symbolInfo"]!.AsObject().Select(s => s.Key).ToArray(), folder);
            CollectionAssert.AreEquivalent(parameters.Keys, ide["symbolInfo"]!.AsArray().Select(s => (string?)s!["id"]).ToArray(), folder);
            foreach (var shown in ide["symbolInfo"]!.AsArray())
            {
                Assert.IsTrue((bool)shown!["isVisible"]!);
                Assert.AreEqual((string?)parameters[(string)shown["id"]!]["displayName"], (string?)shown["name"]!["text"]);
                Assert.AreEqual((string?)parameters[(string)shown["id"]!]["description"], (string?)shown["description"]!["text"]);
            }

            Assert.IsEmpty(ide["unsupportedHosts"]!.AsArray());
            Assert.AreEqual("icon.png", (string?)ide["icon"]); // build/pack puts it there.
        }

        CollectionAssert.AreEqual(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, File.ReadAllBytes(Path.Combine(Root, "icon.png"))[..4]);
    }

    [TestMethod]
    public void EverythingThatIsReplacedIsThereAndEveryFormIsDefined()
    {
        foreach (var folder in Templates)
        {
            var template = Read(folder, "template.json");
            string[] sources = [.. template["sources"]?.AsArray().Select(s => Path.GetFullPath((string)s!["source"]!, folder)).Where(Directory.Exists) ?? [folder]];
            var text = string.Concat(sources.SelectMany(s => Directory.EnumerateFiles(s, "*", SearchOption.AllDirectories)).Where(f => !f.Contains(".template.config", StringComparison.Ordinal)).Select(File.ReadAllText));
            var forms = template["forms"]?.AsObject() ?? [];
            foreach (var (name, symbol) in Symbols(folder))
            {
                if ((string?)symbol!["replaces"] is { } replaced)
                {
                    StringAssert.Contains(text, replaced, $"{folder}: {name}");
                }

                Assert.IsTrue((string?)symbol["valueTransform"] is not { } form || forms.ContainsKey(form), $"{folder}: {name}");
            }

            foreach (var step in forms.SelectMany(f => f.Value!["steps"]?.AsArray() ?? []))
            {
                Assert.IsTrue(forms.ContainsKey((string)step!), $"{folder}: {step}");
            }
        }
    }

    [TestMethod]
    public void AllMakeAPackagesNameInTheSameSteps()
    {
        var rules = from folder in Templates
                    let forms = Read(folder, "template.json")["forms"] as JsonObject
                    where forms?.ContainsKey("slug") == true
                    let prefix = (string)forms["slugLetter"]!["replacement"]!
                    select string.Join('\n', forms.Where(f => f.Key.StartsWith("slug", StringComparison.Ordinal)).Select(f => $"{f.Key} {f.Value!.ToJsonString()}")).Replace($"\"{prefix}\"", "\"PREFIX-\"", StringComparison.Ordinal);

        Assert.AreEqual(1, rules.Distinct().Count());
        Assert.AreEqual(5, rules.Count());
    }

    private static JsonObject Symbols(string folder) => Read(folder, "template.json")["symbols"]!.AsObject();

    private static JsonObject Read(string folder, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, ".template.config", file)))!.AsObject();
}
