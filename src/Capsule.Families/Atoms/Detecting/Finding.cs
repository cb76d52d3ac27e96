using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>One hit in the detection table.</summary>
/// <param name="Format">For people.</param>
/// <param name="Classes">The best first.</param>
internal sealed record Finding(string Format, params string[] Classes)
{
    public string? Slug { get; init; }

    public string? License { get; init; }

    public IReadOnlyList<KeyValuePair<string, Node>> Fields { get; init; } = [];

    public Diagnostic? Note { get; init; }

    /// <summary>Nothing contradicts a hit without a class.</summary>
    public bool Agrees(Finding other) => Classes.Length == 0 || other.Classes.Length == 0 || Classes.Intersect(other.Classes).Any();
}
