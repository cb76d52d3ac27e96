namespace Capsule.Trust.Quorum;

/// <summary>What the trust in a package rests on.</summary>
public enum TrustBasis
{
    /// <summary>A scope of the user's trust file.</summary>
    Policy,

    /// <summary>Exactly this identity was accepted before under this name and version.</summary>
    Accepted,

    /// <summary>Every unrevoked key that was pinned at first use signed it.</summary>
    Pins,

    /// <summary>The caller named this identity.</summary>
    Identity,

    /// <summary>A person said yes.</summary>
    Consent,
}
