using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Provenance;

/// <summary>The statements that a provenance key signs: SLSA provenance v1 and SPDX SBOM, from what the build put beside the tree.</summary>
public static class PackageAttestations
{
    /// <summary>The predicate types that are attested, with the word people use.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ProvenanceDocument.PredicateType] = "provenance",
        [SbomDocument.PredicateType] = "SBOM",
    };

    /// <summary>
    /// Provenance, then SBOM. A package is hostile until proven otherwise: a member that is about other contents, or is
    /// another kind of statement, is never signed (CAP3013).
    /// </summary>
    /// <param name="members">The package's generated members by name.</param>
    /// <param name="identity">The identity that the statements must be about.</param>
    public static Result<IReadOnlyList<ReadOnlyMemory<byte>>> From(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, string identity)
    {
        try
        {
            return Result.Of<IReadOnlyList<ReadOnlyMemory<byte>>>([Provenance(Member(members, ProvenanceDocument.FileName), identity), Sbom(Member(members, SbomDocument.FileName), identity)]);
        }
        catch (FormatException problem)
        {
            return EnvelopeDiagnostics.NotAttestable.Now(problem.Message);
        }
    }

    private static ReadOnlyMemory<byte> Member(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, string name) =>
        members.TryGetValue(name, out var bytes) ? bytes : throw new FormatException($"it has no {name}");

    private static ReadOnlyMemory<byte> Provenance(ReadOnlyMemory<byte> statement, string identity)
    {
        var read = StatementReader.Read(statement);
        return (read.Type, read.PredicateType, read.Identity) == (Statement.TypeV1, ProvenanceDocument.PredicateType, identity)
            ? statement
            : throw new FormatException($"its {ProvenanceDocument.FileName} is not the provenance of these contents");
    }

    private static ReadOnlyMemory<byte> Sbom(ReadOnlyMemory<byte> document, string identity)
    {
        var root = StrictJson.Parse(document);
        var hex = identity[(TreeIdentity.Format.Length + 1)..];
        return root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("spdxVersion", out _) && StrictJson.Text(root, "spdxVersion") == "SPDX-2.3"
            && root.TryGetProperty("documentNamespace", out _) && StrictJson.Text(root, "documentNamespace").EndsWith($"-{hex}", StringComparison.Ordinal)
                ? StatementWriter.Write([Subject.Tree(identity)], SbomDocument.PredicateType, json => json.WriteRawValue(document.Span))
                : throw new FormatException($"its {SbomDocument.FileName} is not the SPDX document of these contents");
    }
}
