using Capsule.Core.Diagnostics;

namespace Capsule.Families;

/// <summary>Another package that the manifest takes from a folder. A project that builds it has to be built first (specs: msbuild-sdk 5.2).</summary>
/// <param name="Name">What the manifest calls it.</param>
/// <param name="Written">The folder as the manifest writes it.</param>
/// <param name="Folder">The folder, absolute.</param>
/// <param name="Span">Where the manifest writes it.</param>
public sealed record LocalDependency(string Name, string Written, string Folder, SourceSpan Span);
