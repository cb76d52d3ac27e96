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
}
