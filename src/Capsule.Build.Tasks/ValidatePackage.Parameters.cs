using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class ValidatePackage
{
    /// <summary>The project files that this one refers to.</summary>
    public string[] References { get; set; } = [];

    /// <summary>The manifests of the packages that this project refers to, where the references said them.</summary>
    public string[] ReferencedManifests { get; set; } = [];

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
