using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class ValidateAtoms
{
    /// <summary>Gets, for each atom, at its path below the catalog: <c>validated</c>, the empty file that says when it last was right, and <c>diagnostics.json</c> with its warnings.</summary>
    [Required]
    public string StampFolder { get; set; } = "";
}
