using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>What a document is, and what says so (specs: atoms 9.2).</summary>
/// <param name="Format">Its name for people, for example <c>OpenAPI</c>.</param>
/// <param name="Classes">The classes that fit, the best first; empty when nobody can tell.</param>
/// <param name="Evidence">What decided, for example <c>its content</c>.</param>
public sealed record Detection(string Format, IReadOnlyList<string> Classes, string Evidence)
{
    /// <summary>The slug that the format demands, for example <c>rfc-1918</c>; null when the address decides.</summary>
    public string? Slug { get; init; }

    /// <summary>Null when the document does not say one.</summary>
    public string? Title { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Fields of the payload that the class wants and the document tells.</summary>
    public IReadOnlyList<KeyValuePair<string, Node>> Fields { get; init; } = [];

    /// <summary>The licence that the host's documents have; null when it is not known.</summary>
    public string? License { get; init; }

    /// <summary>Contradictions and warnings.</summary>
    public IReadOnlyList<Diagnostic> Notes { get; init; } = [];
}
