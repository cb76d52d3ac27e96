using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class AssemblePackage
{
    /// <summary>The container to write.</summary>
    [Required]
    public string Container { get; set; } = "";

    /// <summary>The files that the project's glob sees.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Gets the files that matter and that the glob does not see, one absolute path a line.</summary>
    [Required]
    public string MoreInputs { get; set; } = "";

    /// <summary>Gets the tree identity of what was packed, for the projects that refer to this one.</summary>
    [Required]
    public string IdentityFile { get; set; } = "";

    /// <summary>The lock, for the provenance; it need not exist.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>Seconds since 1970 for every time in the container; empty for 0.</summary>
    public string? SourceDateEpoch { get; set; }

    /// <summary>The SDK's version, for the provenance.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";
}
