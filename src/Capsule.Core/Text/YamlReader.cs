using System.Globalization;
using Capsule.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Capsule.Core.Text;

/// <summary>
/// Reads one YAML 1.2 document with the core schema into positioned nodes. Refused: tags of one's own, duplicate keys,
/// keys that are not strings, the merge key of YAML 1.1, a second document, an empty document, and whatever
/// <see cref="YamlLimits"/> forbids. An alias stands for the node of its anchor, at the anchor's place.
/// </summary>
public static class YamlReader
{
    /// <param name="source">The document.</param>
    /// <param name="accepts">Tags of one's own that a map or a list may have all the same; asked with the tag and the place of the value.</param>
    public static Result<Node> Read(SourceText source, Func<string, SourceSpan, bool>? accepts = null)
    {
        var problems = new List<Diagnostic>();
        var places = new YamlPlaces(source);
        try
        {
            RefuseUnprintable(places);
            var root = Document(places, problems, accepts ?? ((_, _) => false));
            return problems.Count == 0 ? root : Result.Failed<Node>(problems);
        }
        catch (RefusedException e)
        {
            return Result.Failed<Node>([.. problems, e.Diagnostic]);
        }
        catch (YamlException e)
        {
            return Result.Failed<Node>([.. problems, YamlSyntaxError.From(places, e)]);
        }
    }

    private static Node Document(YamlPlaces places, List<Diagnostic> problems, Func<string, SourceSpan, bool> accepts)
    {
        var parser = new YamlEvents(new StringReader(places.Source.Text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            throw new RefusedException(YamlDiagnostics.Empty.At(places.Source.Whole));
        }

        if (parser.Accept<Scalar>(out var scalar) && scalar is { Value: "", Style: ScalarStyle.Plain, Tag.IsEmpty: true, Anchor.IsEmpty: true })
        {
            throw new RefusedException(YamlDiagnostics.Empty.At(places.Source.Whole));
        }

        var root = new YamlTree(places, parser, problems, accepts).Value(depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw new RefusedException(YamlDiagnostics.SecondDocument.At(places.Span(second.Start, second.End)));
        }

        return root;
    }

    /// <summary>YAML 1.2.2, section 5.1: what may stand in a document unescaped.</summary>
    private static void RefuseUnprintable(YamlPlaces places)
    {
        var text = places.Source.Text;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if ((char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')) || char.IsSurrogate(c) || c is '\uFEFF' or '\uFFFE' or '\uFFFF')
            {
                throw new RefusedException(YamlDiagnostics.Unprintable.At(
                    places.Character(i), ((int)c).ToString("X4", CultureInfo.InvariantCulture)));
            }
        }
    }
}
