using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class ReplayDiagnostics
{
    /// <summary>What ValidatePackage kept; absolute path.</summary>
    [Required]
    public string DiagnosticsFile { get; set; } = "";
}
