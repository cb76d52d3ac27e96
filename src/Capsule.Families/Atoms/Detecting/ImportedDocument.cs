using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>A document that is to become an atom, with all that is known about where it came from. Nothing of it is trusted.</summary>
public sealed class ImportedDocument
{
    private readonly Lazy<SourceText?> _text;
    private readonly Lazy<Result<Node>?> _data;

    /// <param name="address">Where the bytes came from in the end, redirects followed.</param>
    /// <param name="mediaType">As the server says, with or without parameters; null when nobody says one.</param>
    /// <param name="bytes">All of them.</param>
    public ImportedDocument(Uri address, string? mediaType, byte[] bytes)
    {
        Address = address;
        MediaType = (mediaType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        Bytes = bytes;
        Name = Uri.UnescapeDataString(address.AbsolutePath.TrimEnd('/').Split('/')[^1]).ToLowerInvariant();
        _text = new(Decode);
        _data = new(Parse);
    }

    public Uri Address { get; }

    /// <summary>Lower case, without parameters; empty when it is not known.</summary>
    public string MediaType { get; }

    public byte[] Bytes { get; }

    /// <summary>The last segment of the address, decoded, in lower case; may be empty.</summary>
    public string Name { get; }

    /// <summary>Lower case, with the dot; empty when the name has none.</summary>
    public string Extension => Path.GetExtension(Name.Replace('/', '_').Replace('\\', '_').Replace('\0', '_'));

    /// <summary>Null for what is not UTF-8 or has a NUL.</summary>
    public SourceText? Text => _text.Value;

    /// <summary>The document as data; null when it is neither JSON nor YAML.</summary>
    public Node? Data => _data.Value is { Succeeded: true } read ? read.Value : null;

    /// <summary>Why it cannot be read as data; null when it can, and for binary documents.</summary>
    public Diagnostic? DataProblem => _data.Value is { Succeeded: false } read ? read.Diagnostics.FirstOrDefault(d => d.IsError) : null;

    /// <summary>True when <see cref="Data"/> was written as JSON.</summary>
    public bool IsJson { get; private set; }

    public bool IsHtml => Text is { } text && text.Text.AsSpan().TrimStart() is var start
        && (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase));

    public bool IsPdf => Bytes.AsSpan().StartsWith("%PDF-"u8);

    private SourceText? Decode() =>
        Bytes.AsSpan().Contains((byte)0) ? null : SourceText.Decode($"<{(Name.Length == 0 ? "document" : Name)}>", Bytes).Value;

    /// <summary>YAML only after JSON fails: JSON is YAML for the most part, but not its limits nor its messages.</summary>
    private Result<Node>? Parse()
    {
        if (Text is not { } text || IsHtml)
        {
            return null;
        }

        var start = text.Text.AsSpan().TrimStart();
        var json = JsonReader.Read(text);
        IsJson = json.Succeeded;
        if (json.Succeeded)
        {
            return json;
        }

        var yaml = YamlReader.Read(text);
        return !yaml.Succeeded && (start.StartsWith("{") || start.StartsWith("[")) ? json : yaml;
    }
}
