namespace Capsule.Operations.Atoms;

/// <summary>How an atom is published.</summary>
/// <param name="Signing">With which keys' backends.</param>
public sealed record PublishRequest(AtomSigning Signing)
{
    public PublishStep Step { get; init; }

    /// <summary>Ids of further keys at hand that sign the published atom.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
}
