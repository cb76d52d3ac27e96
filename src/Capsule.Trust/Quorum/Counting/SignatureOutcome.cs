namespace Capsule.Trust.Quorum.Counting;

/// <summary>What became of one signature in a count.</summary>
public enum SignatureOutcome
{
    /// <summary>It is why its signer counts.</summary>
    Counts,

    /// <summary>The same key has already spoken in this role.</summary>
    Repeated,

    /// <summary>Another key of the same signer counts already in this role.</summary>
    SameSigner,

    /// <summary>A hybrid signer's other keys have not signed.</summary>
    Incomplete,

    /// <summary>No member has the key.</summary>
    UnknownKey,

    /// <summary>The key's member may not speak in the role.</summary>
    WrongRole,

    /// <summary>No term asks for the role.</summary>
    RoleNotAsked,

    /// <summary><see cref="KeyStanding.NotAccepted"/>.</summary>
    NotAccepted,

    /// <summary><see cref="KeyStanding.Expired"/>.</summary>
    Expired,

    /// <summary><see cref="KeyStanding.Revoked"/>.</summary>
    Revoked,
}
