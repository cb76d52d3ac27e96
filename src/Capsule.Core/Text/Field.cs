using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>A value of a manifest in its .NET type, with where it stands.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">The range of the value, without its key.</param>
/// <param name="Path">The way to it from the document's root.</param>
public sealed record Field<T>(T Value, SourceSpan Span, FieldPath Path)
{
    /// <summary>JSON pointer, for example <c>/workloads/hello/port</c>.</summary>
    public string Pointer => Path.Pointer;
}

/// <summary>An entry of a map whose keys the author chooses.</summary>
/// <param name="Key">The key at its own place.</param>
/// <param name="Value">What stands under it.</param>
public sealed record NamedField<T>(Field<string> Key, T Value);
