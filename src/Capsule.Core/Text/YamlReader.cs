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
    public static Result<Node> Read(SourceText source)
    {
        var problems = new List<Diagnostic>();
        try
        {
            var root = Document(source, problems);
            return problems.Count == 0 ? root : Result.Failed<Node>(problems);
        }
        catch (RefusedException e)
        {
            return Result.Failed<Node>([.. problems, e.Diagnostic]);
        }
        catch (YamlException e)
        {
            return Result.Failed<Node>([.. problems, YamlSyntaxError.From(source, e)]);
        }
    }

    private static Node Document(SourceText source, List<Diagnostic> problems)
    {
        var parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            throw new RefusedException(YamlDiagnostics.Empty.At(source.Whole));
        }

        if (parser.Accept<Scalar>(out var scalar) && scalar is { Value: "", Style: ScalarStyle.Plain, Tag.IsEmpty: true, Anchor.IsEmpty: true })
        {
            throw new RefusedException(YamlDiagnostics.Empty.At(source.Whole));
        }

        var root = new YamlTree(source, parser, problems).Value(depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw new RefusedException(YamlDiagnostics.SecondDocument.At(YamlTree.Span(source, second.Start, second.End)));
        }

        return root;
    }
}
