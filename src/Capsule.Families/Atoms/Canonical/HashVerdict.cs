namespace Capsule.Families.Atoms.Canonical;

/// <summary>A stored hash compared with the files.</summary>
/// <param name="State">What came out.</param>
/// <param name="Stored">Lower-case hex digits; null when nothing is stored.</param>
/// <param name="Computed">By the binding rule; lower-case hex digits.</param>
/// <param name="Why">For a mismatch: what explains it, as a sentence; empty when nothing was found.</param>
public sealed record HashVerdict(HashState State, string? Stored, string Computed, string Why = "");
