namespace Capsule.Trust.Keys;

/// <summary>What a key may sign. A key has one purpose, so that a signature cannot be carried from one use into another.</summary>
public enum KeyPurpose
{
    /// <summary>Release statements of packages.</summary>
    Release,

    /// <summary>Atom documents.</summary>
    Atom,

    /// <summary>The signature inside a workflow.</summary>
    Workflow,

    /// <summary>Provenance and SBOM statements.</summary>
    Provenance,
}

/// <summary>The written form of purposes.</summary>
public static class KeyPurposes
{
    /// <summary>Purposes by their name in key and trust files.</summary>
    public static IReadOnlyDictionary<string, KeyPurpose> ByName { get; } = new OrderedDictionary<string, KeyPurpose>(StringComparer.Ordinal)
    {
        ["release"] = KeyPurpose.Release,
        ["atom"] = KeyPurpose.Atom,
        ["workflow"] = KeyPurpose.Workflow,
        ["provenance"] = KeyPurpose.Provenance,
    };

    public static string Name(this KeyPurpose purpose) => ByName.First(p => p.Value == purpose).Key;
}
