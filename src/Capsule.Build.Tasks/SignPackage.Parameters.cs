using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class SignPackage
{
    [Required]
    public string Container { get; set; } = "";

    /// <summary>The file that gets the signature lines.</summary>
    [Required]
    public string Signatures { get; set; } = "";

    /// <summary>Keys of any kind; metadata Role and PassphraseVariable where they are not those of all keys.</summary>
    public ITaskItem[] SigningKeys { get; set; } = [];

    /// <summary>Ids of keys in CAPSULE_HOME, with <c>ROLE=</c> before an id that signs in another role.</summary>
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

    /// <summary>The role that signatures claim where no key says another.</summary>
    [Required]
    public string Role { get; set; } = "";
}
