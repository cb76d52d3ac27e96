using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class SignPackage
{
    [Required]
    public string Container { get; set; } = "";

    /// <summary>The file that gets the signature lines.</summary>
    [Required]
    public string Signatures { get; set; } = "";

    /// <summary>Ids of keys in CAPSULE_HOME.</summary>
    public string[] KeyIds { get; set; } = [];

    /// <summary>Key files.</summary>
    public string[] KeyFiles { get; set; } = [];

    /// <summary>An absolute program with arguments that signs.</summary>
    public string? Signer { get; set; }

    /// <summary>The name of the variable with the keys' passphrase; never the passphrase.</summary>
    public string? PassphraseVariable { get; set; }

    /// <summary>Ids of keys in CAPSULE_HOME that sign provenance and SBOM.</summary>
    public string[] ProvenanceKeyIds { get; set; } = [];

    /// <summary>Key files that sign provenance and SBOM.</summary>
    public string[] ProvenanceKeyFiles { get; set; } = [];

    /// <summary>An absolute program with arguments that signs provenance and SBOM.</summary>
    public string? ProvenanceSigner { get; set; }

    /// <summary>The name of the variable with the provenance keys' passphrase; never the passphrase.</summary>
    public string? ProvenancePassphraseVariable { get; set; }

    /// <summary>The file with lines that stay when they are about these contents; empty for <see cref="Signatures"/> itself.</summary>
    public string? Existing { get; set; }

    /// <summary>The role that the signatures claim.</summary>
    [Required]
    public string Role { get; set; } = "";
}
