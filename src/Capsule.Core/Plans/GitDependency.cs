using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans;

/// <summary>A repository and which state of it.</summary>
/// <param name="Url">As the manifest writes it.</param>
/// <param name="Ref">A branch, a tag or a commit; null for the repository's default branch.</param>
public sealed record GitSource(string Url, string? Ref);

/// <summary>Another package that is taken from a repository.</summary>
/// <param name="Id">The names of dependencies on the way there, joined by dots.</param>
/// <param name="Source">Which repository.</param>
/// <param name="Span">Where a manifest writes it.</param>
/// <param name="IsOpen">True when it was fetched, so that what it depends on itself is known.</param>
public sealed record GitDependency(string Id, GitSource Source, SourceSpan Span, bool IsOpen);
