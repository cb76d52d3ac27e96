using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Core.Tests.Text;

/// <summary>Short forms for documents in tests.</summary>
internal static class Documents
{
    public static SourceText Source(string text) => new("<test>", text);

    public static Node Yaml(string text) => Good(YamlReader.Read(Source(text)));

    public static T Good<T>(Result<T> result)
        where T : class
    {
        Assert.IsTrue(result.Succeeded, Print(result.Diagnostics));
        return result.Value;
    }

    /// <summary>Asserts that there is exactly one problem and that it prints as given: <c>line:column code message</c>.</summary>
    public static void Refuses<T>(Result<T> result, string expected)
        where T : class
    {
        Assert.IsFalse(result.Succeeded, "It was accepted.");
        Assert.AreEqual(expected, Print(result.Diagnostics));
    }

    public static string Print(IEnumerable<Diagnostic> diagnostics) =>
        string.Join('\n', diagnostics.Select(d => $"{d.Span?.Line}:{d.Span?.Column} {d.Code} {d.Message}"));

    /// <summary>A node as compact text: strings quoted, maps in braces, lists in brackets.</summary>
    public static string Show(Node node)
    {
        var text = new StringBuilder();
        Append(node);
        return text.ToString();

        void Append(Node value)
        {
            switch (value)
            {
                case MappingNode mapping:
                    text.Append('{').AppendJoin(',', mapping.Entries.Select(e => e.Key + ":" + Show(e.Value))).Append('}');
                    break;
                case SequenceNode sequence:
                    text.Append('[').AppendJoin(',', sequence.Items.Select(Show)).Append(']');
                    break;
                case ScalarNode { Kind: ScalarKind.String } scalar:
                    text.Append('"').Append(scalar.Value).Append('"');
                    break;
                case ScalarNode scalar:
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{scalar.Value ?? "null"}");
                    break;
            }
        }
    }

    public static string Range(SourceSpan span) => $"{span.Line}:{span.Column}-{span.EndLine}:{span.EndColumn}";

    /// <summary>The way to every value below a node.</summary>
    public static IEnumerable<IReadOnlyList<TomlStep>> Paths(Node node) => node switch
    {
        MappingNode table => table.Entries.SelectMany(e => Paths(e.Value).Select(p => (IReadOnlyList<TomlStep>)[e.Key, .. p]).Prepend([e.Key])),
        SequenceNode list => list.Items.SelectMany((item, i) => Paths(item).Select(p => (IReadOnlyList<TomlStep>)[i, .. p]).Prepend([i])),
        _ => [],
    };

    /// <summary>The same tree with another value, or one more.</summary>
    public static Node With(Node node, IReadOnlyList<TomlStep> path, Node value)
    {
        if (path.Count == 0)
        {
            return value;
        }

        var child = NodePath.Find(node, path.Take(1));
        var changed = child is null ? value : With(child, [.. path.Skip(1)], value);
        return node switch
        {
            MappingNode table when child is null => Nodes.Map([.. Pairs(table), KeyValuePair.Create(path[0].Name!, changed)]),
            MappingNode table => Nodes.Map(Pairs(table).Select(p => p.Key == path[0].Name ? KeyValuePair.Create(p.Key, changed) : p)),
            SequenceNode list when child is null => Nodes.List([.. list.Items, changed]),
            SequenceNode list => Nodes.List(list.Items.Select((item, i) => i == path[0].Index ? changed : item)),
            _ => throw new InvalidOperationException("A scalar holds nothing."),
        };
    }

    public static IEnumerable<KeyValuePair<string, Node>> Pairs(MappingNode table) => table.Entries.Select(e => KeyValuePair.Create(e.Key, e.Value));
}
