using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

/// <summary>How a family reads its manifest: this is also the example to copy.</summary>
[TestClass]
public class ReadingFields
{
    private static readonly FieldKinds Kinds = new()
    {
        WrongType = new("T1", Severity.Error, "'{0}' must be {1}, but it is {2}.", "Change the value."),
        Unknown = new("T2", Severity.Error, "There is no field '{0}' at {1}. {2}", "Remove it."),
        Missing = new("T3", Severity.Error, "'{0}' is missing.", "Add '{2}' to {1}."),
        NotAllowed = new("T4", Severity.Error, "'{1}' is not allowed for '{0}'. {3}", "Use one of {2}."),
        OutOfRange = new("T5", Severity.Error, "'{0}' is {1}; it must be from {2} to {3}.", "Change the number."),
    };

    [TestMethod]
    public void AFamilyReadsItsManifestWithPlacesAndPointers()
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(Yaml("name: shop\nworkloads:\n  web/1:\n    port: 80\n    args: [-v, serve]\n    network: none\n    env: {A: x, B: ~}\n"), Kinds, problems)!;
        var name = root.RequiredString("name")!;
        Assert.AreEqual("shop", name.Value);
        Assert.AreEqual("/name", name.Pointer);
        Assert.IsNull(root.String("title"));

        var (id, web) = root.RequiredMappings("workloads")!.Single();
        Assert.AreEqual("web/1", id.Value);
        Assert.AreEqual("3:3-3:8", Range(id.Span));
        var port = web.RequiredInteger("port", 1, 65535)!;
        Assert.AreEqual(80, port.Value);
        Assert.AreEqual("/workloads/web~11/port", port.Pointer);
        Assert.AreEqual("4:11-4:13", Range(port.Span));
        CollectionAssert.AreEqual(new[] { "-v", "serve" }, web.Strings("args")!.Select(a => a.Value).ToArray());
        Assert.AreEqual("/workloads/web~11/args/1", web.Strings("args")![1].Pointer);
        Assert.AreEqual("none", web.OneOf("network", "none", "loopback")!.Value);
        var only = web.StringMap("env")!.Single();
        Assert.AreEqual("A=x", $"{only.Key.Value}={only.Value.Value}");
        web.RefuseUnknown();
        root.RefuseUnknown();
        Assert.AreEqual("", Print(problems));
    }

    [TestMethod]
    public void EveryProblemIsReportedInTheFamilysWords()
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(
            Yaml("nmae: x\nworkloads:\n  web:\n    port: 70000\n    args: [1]\n    network: lopback\n    mode: 3\n    ready: 'yes'\n  api: 7\nx-note: 1\n"), Kinds, problems)!;
        root.RequiredString("name");
        foreach (var (_, web) in root.RequiredMappings("workloads")!)
        {
            web.Integer("port", 1, 65535);
            web.Strings("args");
            web.OneOf("network", "none", "loopback");
            web.RequiredString("mode");
            web.Boolean("ready");
            web.RequiredString("image");
            web.RefuseUnknown();
        }

        root.RefuseUnknown(key => key.StartsWith("x-", StringComparison.Ordinal));
        Assert.AreEqual(
            """
            1:1 T3 'name' is missing.
            9:8 T1 'workloads.api' must be a map, but it is an integer.
            4:11 T5 'workloads.web.port' is 70000; it must be from 1 to 65535.
            5:12 T1 'workloads.web.args[0]' must be a string, but it is an integer.
            6:14 T4 'lopback' is not allowed for 'workloads.web.network'. Did you mean 'loopback'?
            7:11 T1 'workloads.web.mode' must be a string, but it is an integer.
            8:12 T1 'workloads.web.ready' must be true or false, but it is a string.
            3:3 T3 'workloads.web.image' is missing.
            1:1 T2 There is no field 'nmae' at the top level. Did you mean 'name'?
            """, Print(problems));
        Assert.AreEqual("Add 'image' to 'workloads.web'.", problems[7].Hint);
    }

    [TestMethod]
    public void NullCountsAsOmitted()
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(Yaml("a: ~\nb:\n"), Kinds, problems)!;
        Assert.IsNull(root.String("a"));
        Assert.IsFalse(root.Has("a"));
        root.RequiredString("b");
        root.RefuseUnknown();
        Assert.AreEqual("2:1 T3 'b' is missing.", Print(problems));
    }

    [TestMethod]
    public void ARootThatIsNoMapIsReported()
    {
        var problems = new List<Diagnostic>();
        Assert.IsNull(FieldReader.Root(Yaml("- a"), Kinds, problems));
        Assert.AreEqual("1:1 T1 'the document' must be a map, but it is a list.", Print(problems));
    }

    [TestMethod]
    public void NumbersMayBeWrittenAsIntegersAndNaNIsOutOfRange()
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(Yaml("a: 2\nb: 0.5\nc: .nan\n"), Kinds, problems)!;
        Assert.AreEqual(2.5, root.Number("a")!.Value + root.Number("b")!.Value);
        root.Number("c", 0, 1);
        Assert.AreEqual("3:4 T5 'c' is NaN; it must be from 0 to 1.", Print(problems));
    }

    [TestMethod]
    public void AnUnknownFieldWithoutANeighbourListsTheKnownOnes()
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(Yaml("colour: red"), Kinds, problems)!;
        root.String("name");
        root.Mapping("workloads");
        root.RefuseUnknown();
        Assert.AreEqual("1:1 T2 There is no field 'colour' at the top level. Known: name, workloads.", Print(problems));
    }
}
