using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Rules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Schemas;

/// <summary>The build and the schemas say the same, but for a list of rules with a reason each.</summary>
[TestClass]
public class Agreement
{
    private static readonly Mistake[] All = [.. KitMistakes.All, .. KitTestMistakes.All, .. CapsuleMistakes.All];

    [TestMethod]
    public void TheRightManifestsAreRight()
    {
        using var kit = Project(RightManifest.Kit, RightManifest.KitTests, null);
        using var capsule = Project(null, null, RightManifest.Capsule);

        foreach (var result in new[] { Compile(kit), Compile(capsule) })
        {
            Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics));
        }
    }

    [TestMethod]
    public void TheBuildReportsEachMistakeThatAnEditorMarks()
    {
        string[] unreported =
        [
            .. KitMistakes.All.Where(m => !Reports(m, m.In(RightManifest.Kit), null, null)).Select(m => m.ToString()),
            .. KitTestMistakes.All.Where(m => !Reports(m, RightManifest.Kit, m.In(RightManifest.KitTests), null)).Select(m => m.ToString()),
            .. CapsuleMistakes.All.Where(m => !Reports(m, null, null, m.In(RightManifest.Capsule))).Select(m => m.ToString()),
        ];

        Assert.AreEqual("", string.Join('\n', unreported));
        Assert.IsGreaterThanOrEqualTo(40, All.Length);
    }

    [TestMethod]
    public void TheCheckOfACatalogReportsEachMistakeThatAnEditorMarks()
    {
        Assert.AreEqual("", string.Join('\n', Atoms(RightManifest.Catalog, RightManifest.Atom).Where(d => d.IsError).Select(d => d.Text)));
        string[] unreported =
        [
            .. AtomMistakes.All.Where(m => Atoms(RightManifest.Catalog, m.In(RightManifest.Atom)).All(d => d.Code != m.Code)).Select(m => m.ToString()),
            .. AtomMistakes.Catalog.Where(m => Atoms(m.In(RightManifest.Catalog), RightManifest.Atom).All(d => d.Code != m.Code)).Select(m => m.ToString()),
        ];

        Assert.AreEqual("", string.Join('\n', unreported));
    }

    [TestMethod]
    public void EachRuleIsMarkedByEditorsOrNamedAsOneThatASchemaCannotExpress()
    {
        var marked = All.Select(m => m.Code).ToHashSet(StringComparer.Ordinal);
        var rules = DiagnosticCatalog.Of(typeof(FamilyCatalog).Assembly).Kinds.Select(k => k.Code).Where(c => c[3..5] is "00" or "02" or "03").ToArray();

        Assert.AreEqual("", string.Join(' ', rules.Where(c => !marked.Contains(c) && !BeyondSchemas.Codes.ContainsKey(c))), "These need a mistake that editors mark, or a reason.");
        Assert.AreEqual("", string.Join(' ', BeyondSchemas.Codes.Keys.Where(c => marked.Contains(c) || !rules.Contains(c))), "These are marked, or no rules.");
    }

    private static IReadOnlyList<Diagnostic> Atoms(string catalog, string atom)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ATOMS.yml", catalog);
        folder.Write($"compositions/{GreetingAtom.Folder}/atom.toml", atom);
        folder.Write($"compositions/{GreetingAtom.Folder}/spec.md", GreetingAtom.Asset);
        var loaded = AtomCatalogReader.Load(folder.Path);
        return loaded.Succeeded
            ? [.. loaded.Diagnostics, .. AtomValidator.Validate(loaded.Value, folder["compositions", GreetingAtom.Folder], AtomValidation.Default).Problems]
            : loaded.Diagnostics;
    }

    private static bool Reports(Mistake mistake, string? kit, string? tests, string? capsule)
    {
        using var project = Project(kit, tests, capsule);
        return Compile(project).Diagnostics.Any(d => d.Code == mistake.Code);
    }

    private static Result<CompiledPackage> Compile(TemporaryFolder project) => FamilyCatalog.Compile(new CompileRequest
    {
        ManifestPath = FamilyCatalog.Recognise(project.Path).Value!.ManifestPath,
    });

    private static TemporaryFolder Project(string? kit, string? tests, string? capsule)
    {
        var folder = new TemporaryFolder();
        foreach (var (name, text) in new[] { ("capability.yml", kit), ("capability-test.yml", tests), ("capsule.toml", capsule) })
        {
            if (text is not null)
            {
                folder.Write(name, text);
            }
        }

        folder.Write("workloads/web/index.ts", "");
        folder.Write("workloads/fast/index.ts", "");
        folder.Write("server.mjs", "");
        folder.Write("site/index.html", "");
        return folder;
    }
}
