namespace Capsule.Operations.Running;

/// <summary>What of a project runs (specs: kits 4). Packages that it depends on run from their own files in both.</summary>
public enum RunMode
{
    /// <summary>Its files as they lie in its folder, in private copies.</summary>
    Source,

    /// <summary>Its package: packed, verified and unpacked for this run alone.</summary>
    Managed,
}
