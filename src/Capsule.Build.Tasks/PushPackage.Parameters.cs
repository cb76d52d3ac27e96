using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class PushPackage
{
    /// <summary>The .nupkg to push.</summary>
    [Required]
    public string Package { get; set; } = "";

    /// <summary>A folder, or the address of a NuGet v3 feed; empty is an error.</summary>
    public string? Feed { get; set; }

    /// <summary>The name of the variable with the feed's key; never the key.</summary>
    public string? KeyVariable { get; set; }
}
