using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Assertions;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.TestFile;

/// <summary>Reads assertions and value paths, each one string or a list of them, and checks their grammar (specs: kits 2.3).</summary>
internal static class Expressions
{
    public static IReadOnlyList<TestAssertion> Assertions(FieldReader at, string key) =>
        [.. Strings(at, key).Where(s => Holds(at, s, KitTestDiagnostics.Assertion, text => Assertion.Parse(text))).Select(s => new TestAssertion(s.Value, s.Span))];

    public static IReadOnlyList<string> Paths(FieldReader at, string key) =>
        [.. Strings(at, key).Where(s => Holds(at, s, KitTestDiagnostics.ValuePath, text => ValuePath.Parse(text))).Select(s => s.Value)];

    private static IReadOnlyList<Field<string>> Strings(FieldReader at, string key) =>
        at.Any(key) switch
        {
            null => [],
            { Value: SequenceNode } => at.Strings(key) ?? [],
            _ => at.String(key) is { } single ? [single] : [],
        };

    private static bool Holds(FieldReader at, Field<string> text, DiagnosticKind kind, Action<string> parse)
    {
        try
        {
            parse(text.Value);
            return true;
        }
        catch (AssertionSyntaxException problem)
        {
            at.Report(kind.At(Place(text, problem.Offset), problem.Message));
            return false;
        }
    }

    /// <summary>The character at fault, where the text stands in one line as it is; else the whole text.</summary>
    private static SourceSpan Place(Field<string> text, int offset)
    {
        var span = text.Span;
        var quotes = span.EndColumn - span.Column - text.Value.Length;
        if (span.Line != span.EndLine || quotes is not (0 or 2))
        {
            return span;
        }

        var column = span.Column + (quotes / 2) + offset;
        return span with { Column = column, EndColumn = column + 1 };
    }
}
