using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Planning;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.TestFile;

/// <summary>Reads the cases, one at the root or a list under <c>tests</c>, and checks them against the Kit (specs: kits 2.1).</summary>
internal static partial class KitTestReader
{
    /// <summary>The cases that are right, and what is stubbed for them; null when the file cannot be read at all.</summary>
    public static (IReadOnlyList<TestCase> Cases, IReadOnlyList<StubPlan> Stubs)? Read(SourceText source, KitTree kit, ICollection<Diagnostic> problems)
    {
        var tree = YamlReader.Read(source);
        foreach (var problem in tree.Diagnostics)
        {
            problems.Add(problem);
        }

        if (!tree.Succeeded || FieldReader.Root(new OldTestForms(kit, problems).File(tree.Value), KitDiagnostics.Fields, problems) is not { } root)
        {
            return null;
        }

        var routes = PublicRoutes.Build(kit);
        if (root.KeySpan("tests") is null)
        {
            return Case(root.As(KitTestShape.Case), SourceSpan.Of(source.Path), kit, routes) is { } only ? ([only], []) : ([], []);
        }

        root = root.As(KitTestShape.File);
        var items = root.RequiredItems("tests");
        var stubs = StubReader.Read(root, kit);
        if (items is { Count: 0 or > KitTestShape.MostCases })
        {
            var place = root.KeySpan("tests")!.Value;
            root.Report(items.Count == 0 ? KitTestDiagnostics.NoTests.At(place) : KitDiagnostics.TooMany.At(place, "tests", items.Count, KitTestShape.MostCases));
            return null;
        }

        root.RefuseUnknown();
        TestCase[] cases = [.. (items ?? []).Select(item => Case(item, item.Place, kit, routes)).OfType<TestCase>()];
        foreach (var (again, first) in cases.Where(c => c.Id.Length > 0).GroupBy(c => c.Id, StringComparer.Ordinal).SelectMany(same => same.Skip(1).Select(c => (c, same.First()))))
        {
            problems.Add(KitTestDiagnostics.IdTwice.At(again.Span, again.Id, first.Span.Line));
        }

        foreach (var one in cases.Where(c => c.Kind is TestKind.Exec && stubs.Any(s => s.Cells.Contains(c.Process?.Split('/')[0]))))
        {
            problems.Add(KitTestDiagnostics.StubHasNoCommands.At(one.Span, one.Id));
        }

        return (cases, stubs);
    }

    private static TestCase? Case(FieldReader at, SourceSpan place, KitTree kit, IReadOnlyList<PublicRoute> routes)
    {
        var removed = RemovedTestForms.Check(at);
        if (!removed)
        {
            return Current(at, place, kit, routes);
        }

        at.Ignore(["id", "kind", "target", "request", "validations", "verbose_output"]);
        at.RefuseUnknown();
        return null;
    }

    private static TestCase? Current(FieldReader at, SourceSpan place, KitTree kit, IReadOnlyList<PublicRoute> routes)
    {
        var id = at.RequiredString("id");
        var isGood = id is not null && IdGrammar().IsMatch(id.Value);
        if (id is not null && !isGood)
        {
            at.Report(KitTestDiagnostics.BadId.At(id.Span, id.Value));
        }

        var kind = at.RequiredChoice("kind", KitTestShape.Kinds);
        var target = at.RequiredMapping("target");
        var request = at.RequiredMapping("request");
        var validations = Expressions.Assertions(at, "validations");
        var verbose = Expressions.Paths(at, "verbose_output");
        at.RefuseUnknown();
        if (kind is null || target is null || request is null)
        {
            return null;
        }

        var empty = new TestCase { Id = isGood ? id!.Value : "", Kind = kind.Value, Validations = validations, Verbose = verbose, Span = id?.Span ?? place };
        return kind.Value == TestKind.Exec
            ? ExecCase.Read(empty, target.As(KitTestShape.ExecTarget), request.As(KitTestShape.ExecRequest), kit)
            : RequestCase.Read(CallTarget.Read(empty, target.As(KitTestShape.CallTarget), kit, routes), request);
    }

    [GeneratedRegex(@"\A(?:" + KitTexts.TestIdPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdGrammar();
}
