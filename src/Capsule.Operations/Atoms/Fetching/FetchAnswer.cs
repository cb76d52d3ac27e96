using System.Diagnostics.CodeAnalysis;
using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Atoms.Fetching;

/// <summary>How a fetch failed; mirrors stand in for <see cref="Unreachable"/> only.</summary>
public enum FetchFailure
{
    None,

    /// <summary>No such host, no connection, no answer in time, or 5xx.</summary>
    Unreachable,

    /// <summary>404 or 410, or no such file: what was asked for does not exist.</summary>
    Missing,

    /// <summary>Another status, a redirect that is not followed, a certificate that is wrong, too many bytes.</summary>
    Refused,
}

/// <summary>A document, or why there is none.</summary>
public sealed record FetchAnswer(Fetched? Document, FetchFailure Failure, Diagnostic? Problem)
{
    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Document is not null;

    public static FetchAnswer Failed(FetchFailure failure, Diagnostic problem) => new(null, failure, problem);
}

/// <summary>A document as it came.</summary>
/// <param name="Address">After redirects.</param>
/// <param name="Bytes">All of them.</param>
/// <param name="MediaType">As the server says; null for files.</param>
/// <param name="ETag">As the server says; null when it does not.</param>
public sealed record Fetched(Uri Address, byte[] Bytes, string? MediaType, string? ETag);
