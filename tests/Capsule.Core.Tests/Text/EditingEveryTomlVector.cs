using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

/// <summary>Each edit of each place of each valid document gives the tree that it should, and touches nothing else.</summary>
[TestClass]
public class EditingEveryTomlVector
{
    private static readonly Node New = Nodes.String("new \"value\"\n");

    [TestMethod]
    public void OpeningChangesNoByte()
    {
        foreach (var (name, editor) in Editors())
        {
            Assert.AreEqual(Good(SourceText.Load(TomlVectors.File(name))).Text, editor.Text, name);
        }
    }

    [TestMethod]
    public void EveryValueCanBeSet()
    {
        foreach (var (name, editor) in Editors())
        {
            foreach (var path in Paths(editor.Root).Where(p => NodePath.Find(editor.Root, p) is ScalarNode))
            {
                var edited = Good(editor.Set(path, New));
                Assert.AreEqual(Show(With(editor.Root, path, New)), Show(edited.Root), $"{name} {TomlStep.Show(path)}");
                AssertOnlyTouches(editor, edited, path, name);
            }
        }
    }

    [TestMethod]
    public void EveryTableTakesANewKey()
    {
        foreach (var (name, editor) in Editors())
        {
            foreach (var path in Paths(editor.Root).Append([]).Where(p => NodePath.Find(editor.Root, p) is MappingNode))
            {
                IReadOnlyList<TomlStep> added = [.. path, "added key"];
                var edited = Good(editor.Set(added, New));
                Assert.AreEqual(Sorted(With(editor.Root, added, New)), Sorted(edited.Root), $"{name} {TomlStep.Show(path)}\n{edited.Text}");
                AssertKeeps(editor.Text, edited.Text, name);
            }
        }
    }

    [TestMethod]
    public void EveryArrayGrows()
    {
        foreach (var (name, editor) in Editors())
        {
            var headers = TomlDocument.Read(editor.Source).Statements.Where(s => s.Kind == TomlStatementKind.ListHeader).ToArray();
            foreach (var path in Paths(editor.Root).Where(p => !headers.Any(h => p.Any(step => step.Name == h.Keys[^1].Name))))
            {
                if (NodePath.Find(editor.Root, path) is SequenceNode list)
                {
                    IReadOnlyList<TomlStep> added = [.. path, list.Items.Count];
                    var edited = Good(editor.Set(added, New));
                    Assert.AreEqual(Show(With(editor.Root, added, New)), Show(edited.Root), $"{name} {TomlStep.Show(path)}\n{edited.Text}");
                    AssertKeeps(editor.Text, edited.Text, name);
                }
            }
        }
    }

    [TestMethod]
    public void EverythingCanBeRemoved()
    {
        foreach (var (name, editor) in Editors())
        {
            foreach (var path in Paths(editor.Root))
            {
                var edited = Good(editor.Remove(path));
                Assert.AreEqual(
                    Sorted(NodePath.Without(editor.Root, path)!), Sorted(edited.Root), $"{name} {TomlStep.Show(path)}\n{edited.Text}");
            }
        }
    }

    [TestMethod]
    public void TheDocumentsHaveManyPlaces() =>
        Assert.IsGreaterThan(700, Editors().Sum(e => Paths(e.Editor.Root).Count(p => NodePath.Find(e.Editor.Root, p) is ScalarNode)));

    private static IEnumerable<(string Name, TomlEditor Editor)> Editors() =>
        TomlVectors.Valid.Select(name => (name, Good(TomlEditor.Open(Good(SourceText.Load(TomlVectors.File(name)))))));

    /// <summary>Keys in order, empty tables and lists left out: a header may vanish with its last key.</summary>
    private static string Sorted(Node node) => node switch
    {
        MappingNode table => "{" + string.Join(',', table.Entries.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => (e.Key, Text: Sorted(e.Value))).Where(e => e.Text is not ("{}" or "[]")).Select(e => e.Key + ":" + e.Text)) + "}",
        SequenceNode list => "[" + string.Join(',', list.Items.Select(Sorted)) + "]",
        _ => Show(node),
    };

    private static void AssertOnlyTouches(TomlEditor before, TomlEditor after, IReadOnlyList<TomlStep> path, string name)
    {
        var old = NodePath.Find(before.Root, path)!.Span;
        var map = new LineMap(before.Source);
        var (start, end) = (map.Offset(old.Line, old.Column), map.Offset(old.EndLine, old.EndColumn));
        Assert.AreEqual(before.Text[..start] + TomlWriter.Value(New) + before.Text[end..], after.Text, name);
    }

    /// <summary>Taking the added characters away gives the old text.</summary>
    private static void AssertKeeps(string before, string after, string name)
    {
        var at = 0;
        foreach (var c in before)
        {
            at = after.IndexOf(c, at) + 1;
            Assert.AreNotEqual(0, at, name);
        }
    }
}
