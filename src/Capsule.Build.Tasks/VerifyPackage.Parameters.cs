using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class VerifyPackage
{
    [Required]
    public string Container { get; set; } = "";

    /// <summary>The signature lines; empty when the build does not sign.</summary>
    public string? Signatures { get; set; }

    /// <summary>A trust file that has to be satisfied; empty for none.</summary>
    public string? TrustFile { get; set; }

    /// <summary>The empty file that says when this last succeeded.</summary>
    [Required]
    public string Stamp { get; set; } = "";
}
