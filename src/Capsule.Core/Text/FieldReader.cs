using Capsule.Core.Diagnostics;
using Capsule.Core.Schemas;

namespace Capsule.Core.Text;

/// <summary>
/// Reads the fields of one map while collecting every problem, each in the family's own code. Null counts as omitted.
/// A method returns null when the field is absent or wrong; the problem is then in the list. Every key that is asked for is
/// a known one: call <see cref="RefuseUnknown"/> last. With a <see cref="TableShape"/>, only declared keys may be asked for
/// and all of them must be, so that what is read and what is declared cannot drift apart.
/// </summary>
public sealed partial class FieldReader
{
    private readonly FieldKinds _kinds;
    private readonly ICollection<Diagnostic> _problems;
    private readonly TableShape? _shape;
    private readonly List<string> _known = [];

    private FieldReader(MappingNode node, SourceSpan place, FieldPath path, FieldKinds kinds, ICollection<Diagnostic> problems, TableShape? shape)
    {
        (Node, Place, Path, _kinds, _problems, _shape) = (node, place, path, kinds, problems, shape);
    }

    public MappingNode Node { get; }

    /// <summary>Where to point when something is missing here: the map's key, or the start of the document.</summary>
    public SourceSpan Place { get; }

    public FieldPath Path { get; }

    /// <summary>Starts at the root of a document; null, with a problem, when the root is not a map.</summary>
    public static FieldReader? Root(Node root, FieldKinds kinds, ICollection<Diagnostic> problems, TableShape? shape = null)
    {
        if (root is MappingNode mapping)
        {
            return new FieldReader(mapping, SourceSpan.Of(root.Span.File), FieldPath.Root, kinds, problems, shape);
        }

        problems.Add(kinds.WrongType.At(root.Span, "the document", "a map", NodeWords.Describe(root)));
        return null;
    }

    /// <summary>True when the key is there with a value other than null, of whatever type. The key becomes known.</summary>
    public bool Has(string key) => Entry(key) is not null;

    /// <summary>The place of a key that is there, for a rule about the key itself.</summary>
    public SourceSpan? KeySpan(string key) => Node.Find(key)?.KeySpan;

    /// <summary>Accepts keys that are not read here.</summary>
    public void Ignore(params IEnumerable<string> keys) => _known.AddRange(keys);

    /// <summary>Reports each key that was not asked for, with the closest one that was.</summary>
    /// <param name="allow">Keys for which this is true are left alone, for example those that start with <c>x-</c>.</param>
    public void RefuseUnknown(Func<string, bool>? allow = null)
    {
        string[] known = _shape is null ? [.. _known.Distinct(StringComparer.Ordinal)] : [.. AllDeclared()];
        foreach (var entry in Node.Entries.Where(e => !known.Contains(e.Key, StringComparer.Ordinal) && allow?.Invoke(e.Key) != true))
        {
            _problems.Add(_kinds.Unknown.At(entry.KeySpan, entry.Key, Path.Owner, Spelling.Suggest(entry.Key, known, "Known")));
        }
    }

    /// <summary>Reports a problem of the family's own beside those found here.</summary>
    public void Report(Diagnostic problem) => _problems.Add(problem);

    /// <summary>What to write instead of a removed key, as its shape says.</summary>
    public string Instead(string key) =>
        _shape?.Find(key)?.Instead ?? throw new InvalidOperationException($"'{key}' is not declared as removed in the shape '{_shape?.Name}'.");

    /// <summary>Reads the same map as one of a narrower or wider shape.</summary>
    public FieldReader As(TableShape shape) => new(Node, Place, Path, _kinds, _problems, shape);

    private MappingEntry? Entry(string key)
    {
        if (_shape is { Others: null } && _shape.Find(key) is null)
        {
            throw new InvalidOperationException($"'{key}' is read but not declared in the shape '{_shape.Name}'.");
        }

        _known.Add(key);
        return Node.Find(key) is { Value: not ScalarNode { Kind: ScalarKind.Null } } entry ? entry : null;
    }

    private T? Required<T>(string key, T? value)
        where T : class
    {
        if (_shape?.MayDemand(key) == false)
        {
            throw new InvalidOperationException($"'{key}' is demanded but not declared as required in the shape '{_shape.Name}'.");
        }

        if (value is null && Entry(key) is null)
        {
            _problems.Add(_kinds.Missing.At(Node.Find(key)?.KeySpan ?? Place, Path.Key(key).Text, Path.Owner, key));
        }

        return value;
    }

    private Field<T>? Scalar<T>(Node? node, FieldPath path, ScalarKind kind, string expected)
    {
        if (node is ScalarNode scalar && scalar.Kind == kind)
        {
            return new Field<T>((T)scalar.Value!, scalar.Span, path);
        }

        if (node is not null)
        {
            WrongType(node, path, expected);
        }

        return null;
    }

    private FieldReader? Child(Node node, SourceSpan place, FieldPath path, ValueShape? shape)
    {
        if (node is MappingNode mapping)
        {
            return new FieldReader(mapping, place, path, _kinds, _problems, TableOf(shape));
        }

        WrongType(node, path, "a map");
        return null;
    }

    private void WrongType(Node node, FieldPath path, string expected) =>
        _problems.Add(_kinds.WrongType.At(node.Span, path.Text, expected, NodeWords.Describe(node)));

    /// <summary>The keys that may be written; each of them, and each removed one, was asked for.</summary>
    private IEnumerable<string> AllDeclared()
    {
        if (_shape!.Fields.FirstOrDefault(f => !_known.Contains(f.Key, StringComparer.Ordinal)) is { } forgotten)
        {
            throw new InvalidOperationException($"'{forgotten.Key}' is declared in the shape '{_shape.Name}' but not read.");
        }

        return _shape.Keys.Concat(_known.Where(k => _shape.Find(k) is null or { Instead: not null }));
    }

    /// <summary>The shape of a field, or of what the author's own keys hold.</summary>
    private ValueShape? ShapeOf(string key) => _shape?.Find(key) is { Instead: null } field ? field.Value : _shape?.Others?.Value;

    private static TableShape? TableOf(ValueShape? shape) => shape switch
    {
        TableShape table => table,
        UnionShape union => union.Alternatives.OfType<TableShape>().SingleOrDefault(),
        _ => null,
    };
}
