using System.Text.Json;

namespace Capsule.Trust.Envelopes;

/// <summary>Reads an in-toto Statement v1 or v0.1 strictly: exactly its four members, subjects of name and digest only.</summary>
internal static class StatementReader
{
    /// <summary>Throws <see cref="FormatException"/> with the reason when the bytes are anything else.</summary>
    public static Statement Read(ReadOnlyMemory<byte> payload)
    {
        var root = StrictJson.Parse(payload);
        StrictJson.Demand(root, "the statement", ["_type", "subject", "predicateType", "predicate"]);
        var type = StrictJson.Text(root, "_type");
        if (type is not (Statement.TypeV1 or Statement.TypeV01))
        {
            throw new FormatException("its _type is not an in-toto Statement v1 or v0.1");
        }

        var subjects = root.GetProperty("subject");
        if (subjects.ValueKind != JsonValueKind.Array || subjects.GetArrayLength() == 0)
        {
            throw new FormatException("'subject' is not a list with at least one entry");
        }

        var predicate = root.GetProperty("predicate");
        if (predicate.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("'predicate' is not an object");
        }

        return new Statement(type, [.. subjects.EnumerateArray().Select(ReadSubject)], StrictJson.Text(root, "predicateType"), predicate);
    }

    private static Subject ReadSubject(JsonElement element)
    {
        StrictJson.Demand(element, "a subject", ["name", "digest"]);
        var digest = element.GetProperty("digest");
        if (digest.ValueKind != JsonValueKind.Object || !digest.EnumerateObject().Any())
        {
            throw new FormatException("the digest of a subject is not an object with at least one member");
        }

        return new Subject(
            StrictJson.Text(element, "name"),
            digest.EnumerateObject().ToDictionary(d => d.Name, d => StrictJson.Text(digest, d.Name), StringComparer.Ordinal));
    }
}
