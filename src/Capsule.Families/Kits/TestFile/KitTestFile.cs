using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;

namespace Capsule.Families.Kits.TestFile;

/// <summary>Finds <c>capability-test.yml</c> beside the manifest and makes the test plan of it (specs: kits 2).</summary>
internal static class KitTestFile
{
    private static readonly string[] Names = ["capability-test.yml", "capability-test.yaml"];

    /// <summary>The plan, null when there is no such file; problems go to the list.</summary>
    public static TestPlan? Read(PackageReference package, KitTree kit, string project, ICollection<Diagnostic> problems)
    {
        var found = Names.Select(n => Path.Combine(project, n)).Where(File.Exists).ToArray();
        if (found.Length == 0)
        {
            return null;
        }

        if (found.Length > 1)
        {
            problems.Add(KitTestDiagnostics.TwoFiles.In(found[1], Names[0], Names[1]));
            return null;
        }

        var source = SourceText.Load(found[0]);
        foreach (var problem in source.Diagnostics)
        {
            problems.Add(problem);
        }

        return source.Value is { } text && KitTestReader.Read(text, kit, problems) is { } read
            ? new TestPlan
            {
                Package = package,
                File = Path.GetFileName(found[0]),
                Cases = [.. read.Cases.Select(c => c with { Fixtures = Fixtures.Find(project, kit.Manifest, c.Id, problems) })],
                Stubs = read.Stubs,
            }
            : null;
    }
}
