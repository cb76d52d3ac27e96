using Capsule.Core.Plans;

namespace Capsule.Families;

/// <summary>The files of a package that runs as a part of another.</summary>
/// <param name="Directory">Absolute path of its folder.</param>
/// <param name="Pack">Which files there belong to it.</param>
public sealed record DependencyTree(string Directory, PackPlan Pack);
