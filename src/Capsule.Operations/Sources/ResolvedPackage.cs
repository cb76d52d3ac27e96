using Capsule.Core.Diagnostics;
using Capsule.Families;
using Capsule.Packaging.Locking;

namespace Capsule.Operations.Sources;

/// <summary>A package with all that it depends on.</summary>
/// <param name="Compiled">Its plans.</param>
/// <param name="Pins">What a lock would say about its repositories.</param>
/// <param name="Notices">What the user should know: a repository that did not answer.</param>
public sealed record ResolvedPackage(CompiledPackage Compiled, IReadOnlyList<LockedDependency> Pins, IReadOnlyList<Diagnostic> Notices);
