using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Quorum.Registry;

/// <summary>
/// A policy file as the place where keys are registered: a trust file, or a catalog of atoms. Every edit keeps the bytes it does not name,
/// writes the file whole or not at all, and answers one sentence about what is different now; what must happen next comes as a warning.
/// </summary>
public interface IKeyRegistry
{
    /// <summary>The file, absolute.</summary>
    string Path { get; }

    /// <summary>Lets a key speak.</summary>
    Result<string> Register(KeyRegistration registration);

    /// <summary>Makes a key count for nothing from now on; entries are never deleted.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason">For people.</param>
    Result<string> Revoke(KeyName key, string reason);

    /// <summary>Puts a new key in the place of an old one.</summary>
    Result<string> Rotate(KeyRotation rotation);
}
