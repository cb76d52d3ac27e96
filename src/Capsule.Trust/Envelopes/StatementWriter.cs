using System.Text.Encodings.Web;
using System.Text.Json;

namespace Capsule.Trust.Envelopes;

/// <summary>Writes an in-toto Statement v1 as compact UTF-8 JSON in the order of its specification, without a final line feed.</summary>
public static class StatementWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="subjects">The tree identity first, then what else the statement is about.</param>
    /// <param name="predicateType">The predicate's type URI.</param>
    /// <param name="writePredicate">Writes the predicate, one JSON object.</param>
    public static byte[] Write(IReadOnlyList<Subject> subjects, string predicateType, Action<Utf8JsonWriter> writePredicate)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("_type", Statement.TypeV1);
            json.WriteStartArray("subject");
            foreach (var subject in subjects)
            {
                WriteSubject(json, subject);
            }

            json.WriteEndArray();
            json.WriteString("predicateType", predicateType);
            json.WritePropertyName("predicate");
            writePredicate(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteSubject(Utf8JsonWriter json, Subject subject)
    {
        json.WriteStartObject();
        json.WriteString("name", subject.Name);
        json.WriteStartObject("digest");
        foreach (var (algorithm, hex) in subject.Digest.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            json.WriteString(algorithm, hex);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
