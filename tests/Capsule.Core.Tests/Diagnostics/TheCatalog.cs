using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Tests.Diagnostics;

[TestClass]
public class TheCatalog
{
    private static readonly DiagnosticCatalog Core = DiagnosticCatalog.Of(typeof(Diagnostic).Assembly);

    [TestMethod]
    public void FindsTheTablesBesideTheRules()
    {
        Assert.AreEqual("The document is empty.", Core.Find("cap0911").Single().Message);
        CollectionAssert.AreEqual(Core.Kinds.Select(k => k.Code).Order(StringComparer.Ordinal).ToArray(), Core.Kinds.Select(k => k.Code).ToArray());
        Assert.IsEmpty(Core.Find("CAP9999"));
    }

    [TestMethod]
    public void FindsByTheCodesOfReferenceSystems()
    {
        var catalog = DiagnosticCatalog.Of(typeof(TheCatalog).Assembly);
        Assert.AreEqual("CAP7701", catalog.Find("e202").Single().Code);
    }

    [TestMethod]
    public void ADuplicateCodeIsAnError()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => DiagnosticCatalog.Of(typeof(TheCatalog).Assembly, Twin()));
        Assert.AreEqual(
            "Capsule.Core.Tests.Diagnostics.SampleDiagnostics.First and Twin.OtherDiagnostics.Second share the code CAP7701.", error.Message);
    }

    [TestMethod]
    public void EachKindHasAHintAndHolesThatCanBeFilled()
    {
        foreach (var kind in Core.Kinds)
        {
            Assert.AreNotEqual("", kind.Hint, kind.Code);
            if (Regex.IsMatch(kind.Message + kind.Hint, @"\{[0-9]"))
            {
                kind.Now([.. Enumerable.Repeat<object>(1, 9)]);
            }
        }
    }

    [TestMethod]
    public void APageHoldsAHundredCodes()
    {
        var pages = HelpPages.Render(Core);
        Assert.IsTrue(pages.Keys.All(name => name.StartsWith("CAP", StringComparison.Ordinal) && name.EndsWith("xx.md", StringComparison.Ordinal)));
        StringAssert.StartsWith(pages["CAP09xx.md"], "# CAP09xx: Files and their languages\n\n## CAP0900\n\n**There is no file '…'.**\n\nCheck the spelling");
        foreach (var kind in Core.Kinds)
        {
            StringAssert.Contains(pages[HelpPages.Page(kind.Code)], $"\n## {kind.Code}\n");
        }
    }

    [TestMethod]
    public void ExplainsACode() => Assert.AreEqual(
        """
        CAP0231: Workload '…' has no endpoint '…'.

        What to do: Add '…' under workloads.….endpoints.

        An endpoint is what other packages can call.

        Severity: error. Exit code: 1. Elsewhere: E202.

        """, Explain.Text(Sample.Kind));

    /// <summary>An assembly whose table uses a code that is taken.</summary>
    private static Assembly Twin()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Twin"), AssemblyBuilderAccess.Run);
        var table = assembly.DefineDynamicModule("Twin").DefineType(
            "Twin.OtherDiagnostics", TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Public);
        table.DefineField("Second", typeof(DiagnosticKind), FieldAttributes.Public | FieldAttributes.Static);
        table.CreateType().GetField("Second")!.SetValue(null, SampleDiagnostics.First);
        return assembly;
    }
}

internal static class SampleDiagnostics
{
    public static readonly DiagnosticKind First = new("CAP7701", Severity.Warning, "First.", "Do it.") { Aliases = ["E202"] };
}
