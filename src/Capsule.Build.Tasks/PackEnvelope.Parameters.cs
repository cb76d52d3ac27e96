using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class PackEnvelope
{
    [Required]
    public string Container { get; set; } = "";

    /// <summary>The signature lines to carry along; empty for none.</summary>
    public string? Signatures { get; set; }

    public string? Publisher { get; set; }

    /// <summary>Used when the container states no version.</summary>
    public string? Version { get; set; }

    /// <summary>Seconds since 1970 for every time in the package; empty for the earliest that ZIP has.</summary>
    public string? SourceDateEpoch { get; set; }

    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Gets the path of the package, whose name comes from the manifest.</summary>
    [Required]
    public string PackedList { get; set; } = "";
}
