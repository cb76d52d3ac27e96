namespace Capsule.Operations.Atoms;

/// <summary>The steps of publishing, for catalogs whose signers do not sit at one machine.</summary>
public enum PublishStep
{
    /// <summary>All at once: the quorum has to be met afterwards.</summary>
    Whole,

    /// <summary>Writes the published state with the maintainer's signature; others renew their envelopes then.</summary>
    Prepare,

    /// <summary>Checks that the quorum is met by signatures with envelopes; writes nothing.</summary>
    Finish,
}
