namespace Capsule.Core.Plans.Permissions;

/// <summary>One thing that a plan may do beyond what every package may: a sentence that a person can agree to.</summary>
/// <param name="Text">The same words for the same permission, on every machine; a consent file lists them.</param>
/// <param name="Origin">Where the manifest asks for it; null when no line of it can be named.</param>
/// <param name="Grant">The manifest text that grants it.</param>
public sealed record AskedPermission(string Text, Origin? Origin, string? Grant);
