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

    /// <summary>The role that the signatures claim.</summary>
    [Required]
    public string Role { get; set; } = "";
}
