using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans;

/// <summary>Writes a place as its range only; the file is known from the plan.</summary>
internal sealed class SpanConverter : JsonConverter<SourceSpan>
{
    public override SourceSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var range = JsonSerializer.Deserialize<SourceRange>(ref reader, options) ?? new SourceRange(1, 1, 1, 1);
        return new SourceSpan("", range.Line, range.Column, range.EndLine, range.EndColumn);
    }

    public override void Write(Utf8JsonWriter writer, SourceSpan value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, SourceRange.From(value), options);
}
