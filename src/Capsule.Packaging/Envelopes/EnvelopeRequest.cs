using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Envelopes;

/// <summary>What is wrapped into a NuGet package.</summary>
/// <param name="Container">A container that <see cref="Containers.PackagePacker"/> wrote.</param>
/// <param name="Output">The .nupkg to write, or a folder to write it into under the name that feeds expect.</param>
public sealed record EnvelopeRequest(string Container, string Output)
{
    /// <summary>Used when the container names no publisher; must be the same when it does.</summary>
    public string? Publisher { get; init; }

    /// <summary>Used when the container names no version; must be the same when it does.</summary>
    public string? Version { get; init; }

    /// <summary>Signature lines to carry along; null takes <c>CONTAINER.sigstore.jsonl</c> where that exists.</summary>
    public ReadOnlyMemory<byte>? SignatureLines { get; init; }

    /// <summary>The one time in all headers; zip cannot say less than 1980.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UnixEpoch;

    public ArchiveLimits Limits { get; init; } = ArchiveLimits.Default;
}
