using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>Where the files of a package lie.</summary>
/// <param name="Directory">Absolute path of the project folder or of an installed tree.</param>
/// <param name="Selection">For a project: the files that belong to the package. Null for an installed tree, which holds nothing else.</param>
public sealed record PackageTree(string Directory, PackPlan? Selection);
