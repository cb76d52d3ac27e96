using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>The answer of a command about atoms as one object (specs: atoms 12): <c>ok command atoms errors warnings</c> always.</summary>
internal static class AtomJson
{
    public static JsonObject Of(string command, AtomOutcome outcome, Func<string, string> relative)
    {
        var answer = new JsonObject
        {
            ["ok"] = outcome.FirstError is null,
            ["command"] = command,
            ["atoms"] = new JsonArray([.. outcome.Atoms.Select(a => Atom(a, relative))]),
            ["errors"] = List(outcome.Problems.Where(p => p.IsError), relative),
            ["warnings"] = List(outcome.Problems.Concat(outcome.Atoms.SelectMany(a => a.Problems)).Where(p => !p.IsError), relative),
        };
        if (outcome.Entries is { } entries)
        {
            answer["entries"] = new JsonArray([.. entries.Select(CacheJson.Of)]);
        }

        if (outcome.Entry is { } entry)
        {
            answer["entry"] = CacheJson.Of(entry);
        }

        return answer;
    }

    /// <summary>The code of the reference, where there is one.</summary>
    public static string Code(Diagnostic problem) =>
        problem.Kind.Aliases.FirstOrDefault(a => a.StartsWith("ATM", StringComparison.Ordinal)) ?? problem.Code;

    private static JsonObject Atom(AtomResult atom, Func<string, string> relative)
    {
        var element = new JsonObject
        {
            ["id"] = atom.Id,
            ["path"] = atom.Path,
            ["valid"] = atom.IsValid,
            ["errors"] = List(atom.Problems.Where(p => p.IsError), relative),
        };
        Add(element, "content_hash", atom.ContentHash);
        if (atom.Changed is { } changed)
        {
            element["changed"] = changed;
        }

        Add(element, "lifecycle", atom.Lifecycle);
        Add(element, "published_at", atom.PublishedAt);
        if (atom.Signatures is { } signatures)
        {
            element["signatures"] = new JsonArray([.. signatures.Select(s => new JsonObject { ["key"] = s.KeyId, ["role"] = s.Role, ["algorithm"] = s.Algorithm, ["status"] = s.Word, ["envelope"] = s.EnvelopeWord })]);
        }

        if (atom.Quorum is { } quorum)
        {
            element["quorum"] = Quorum(quorum);
        }

        return element;
    }

    private static JsonObject Quorum(AtomQuorum quorum) => new()
    {
        ["rule"] = quorum.Rule.Text,
        ["satisfied"] = quorum.Count.IsSatisfied,
        ["terms"] = new JsonArray([.. quorum.Count.Terms.Select(t => new JsonObject
        {
            ["role"] = t.Term.Role,
            ["required"] = t.Term.Count,
            ["valid"] = t.Signed.Count,
            ["satisfied"] = t.IsSatisfied,
            ["signed"] = Names(t.Signed),
            ["could_sign"] = Names(t.CouldSign),
        })]),
        ["missing"] = Names([.. quorum.Count.Missing.Select(m => m.Member)]),
    };

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    private static JsonArray List(IEnumerable<Diagnostic> problems, Func<string, string> relative) =>
        new([.. problems.Select(p => Problem(p, relative))]);

    private static JsonObject Problem(Diagnostic problem, Func<string, string> relative)
    {
        var span = problem.Span is { } place && place != SourceSpan.Of(place.File) ? place : (SourceSpan?)null;
        return new JsonObject
        {
            ["code"] = Code(problem),
            ["message"] = problem.Message,
            ["path"] = problem.Span is { } at ? relative(at.File) : null,
            ["line"] = span?.Line,
            ["column"] = span?.Column,
            ["severity"] = DiagnosticText.Word(problem.Severity),
            ["field"] = span is { } field ? FieldAt(field) : null,
            ["hint"] = problem.Hint,
        };
    }

    /// <summary>The dotted key that stands where a problem is; null outside TOML.</summary>
    private static string? FieldAt(SourceSpan span)
    {
        if (!span.File.EndsWith(".toml", StringComparison.Ordinal) || SourceText.Load(span.File) is not { Succeeded: true } text || TomlReader.Read(text.Value) is not { Succeeded: true } tree)
        {
            return null;
        }

        return Inside(tree.Value, FieldPath.Root, span);
    }

    private static string? Inside(MappingNode map, FieldPath path, SourceSpan span)
    {
        foreach (var entry in map.Entries)
        {
            var own = path.Key(entry.Key);
            if (entry.Value is MappingNode inner && Inside(inner, own, span) is { } found)
            {
                return found;
            }

            if (Holds(entry.KeySpan, span) || Holds(entry.Value.Span, span))
            {
                return own.Text;
            }
        }

        return null;
    }

    private static bool Holds(SourceSpan outer, SourceSpan inner) =>
        (outer.Line, outer.Column).CompareTo((inner.Line, inner.Column)) <= 0
        && (inner.Line, inner.Column).CompareTo((outer.EndLine, outer.EndColumn)) < 0;

    private static void Add(JsonObject element, string name, string? value)
    {
        if (value is not null)
        {
            element[name] = value;
        }
    }
}
