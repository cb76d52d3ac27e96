using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class ValidatePackage
{
    /// <summary>Where warnings are kept for <see cref="ReplayDiagnostics"/>.</summary>
    [Required]
    public string DiagnosticsFile { get; set; } = "";

    /// <summary>The empty file that says when this last succeeded.</summary>
    [Required]
    public string Stamp { get; set; } = "";

    /// <summary>True: in a skipped target this output is lost, and so tells that it was skipped.</summary>
    [Output]
    public bool Ran => true;
}
