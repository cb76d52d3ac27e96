namespace Capsule.Core.Plans;

/// <summary>Which package a plan is about. Scope and version are null until they are known; identity until it is packed.</summary>
/// <param name="Family">One of <see cref="FamilyNames"/>.</param>
/// <param name="Scope">The publisher, for example <c>acme</c>.</param>
/// <param name="Name">The slug from the manifest.</param>
/// <param name="Version">Semantic version text.</param>
/// <param name="Identity"><c>capsule-tree/1:</c> and 64 lower-case hex digits (specs: trust 1).</param>
public sealed record PackageReference(string Family, string? Scope, string Name, string? Version, string? Identity = null);

/// <summary>The five families (design.md 1).</summary>
public static class FamilyNames
{
    public const string Capsule = "capsule";
    public const string Kit = "kit";
    public const string Workflow = "workflow";
    public const string Plugin = "plugin";
    public const string Atom = "atom";
}
