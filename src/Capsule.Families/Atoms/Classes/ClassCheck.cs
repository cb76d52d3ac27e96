using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Families.Atoms.Classes;

/// <summary>What the rules of a class look at: the payload, and the asset as text or as data.</summary>
internal sealed class ClassCheck(AtomCheck atom, string @class, AtomPayload payload)
{
    private readonly Lazy<SourceText?> _text = new(() => Load(atom, @class, payload));

    public AtomCheck Atom => atom;

    public AtomPayload Payload => payload;

    public FieldReader Fields => payload.Fields;

    /// <summary>The asset's path; null when there is none that may be opened.</summary>
    public string? AssetPath => PathOf(atom, payload);

    /// <summary>Lower case, with the dot; empty without an asset.</summary>
    public string Extension => payload.Asset is null ? "" : Path.GetExtension(payload.Asset.Value).ToLowerInvariant();

    /// <summary>The asset as text; null, and told, when it is none.</summary>
    public SourceText? Text => _text.Value;

    public SourceSpan AssetPlace => payload.Asset?.Span ?? payload.Place;

    /// <summary>Reports a broken rule.</summary>
    /// <param name="span">Where.</param>
    /// <param name="what">What follows "In an atom of the class X, ".</param>
    /// <param name="hint">What to do.</param>
    public void Report(SourceSpan span, string what, string hint) => atom.Report(AtomDiagnostics.ClassRule.At(span, @class, what, hint));

    public void Note(SourceSpan span, string what, string hint) => atom.Report(AtomNoticeDiagnostics.ClassNote.At(span, @class, what, hint));

    /// <summary>A field of the payload that must not be empty (CAP0802).</summary>
    public Field<string>? Needs(string key) => AtomReader.Filled(payload.Fields, key, required: true);

    /// <summary>The asset as data: JSON by its extension, YAML otherwise; null, and told, when it is neither.</summary>
    public Node? Data()
    {
        if (Text is not { } text)
        {
            return null;
        }

        var read = Extension is ".json" or ".avsc" or ".jsonld" or ".json-ld" ? JsonReader.Read(text) : YamlReader.Read(text);
        foreach (var problem in read.Diagnostics.Where(d => d.IsError))
        {
            Report(problem.Span ?? text.Whole, $"the asset cannot be read: {problem.Message.TrimEnd('.')}", problem.Hint);
        }

        return read.Succeeded ? read.Value : null;
    }

    /// <summary>The root of the asset's data, which has to be an object.</summary>
    public MappingNode? Object()
    {
        switch (Data())
        {
            case MappingNode map:
                return map;
            case { } other:
                Report(other.Span, $"the asset's root must be an object, and is {NodeWords.Describe(other)}", "Put the document's fields at its root.");
                return null;
            default:
                return null;
        }
    }

    private static string? PathOf(AtomCheck atom, AtomPayload payload) =>
        payload.Asset is { } asset && TreePath.Check(asset.Value) is null && !asset.Value.Contains('/', StringComparison.Ordinal)
        && FileTypeReader.Read(Path.Combine(atom.Folder, asset.Value)) == FileType.Regular
            ? Path.Combine(atom.Folder, asset.Value)
            : null;

    private static SourceText? Load(AtomCheck atom, string @class, AtomPayload payload)
    {
        if (PathOf(atom, payload) is not { } path)
        {
            return null;
        }

        var text = SourceText.Load(path, AtomLimits.Examined);
        atom.Problems.AddRange(text.Diagnostics.Select(d => AtomDiagnostics.ClassRule.At(d.Span ?? SourceSpan.Of(path), @class, $"the asset cannot be read: {d.Message.TrimEnd('.')}", d.Hint)));
        return text.Value;
    }
}
