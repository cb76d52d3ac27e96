using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Capsule.Core.Plans;

/// <summary>
/// Plans as JSON: camelCase names in the order of the records, enums in lower-case kebab, nulls left out, maps sorted by
/// key. Ranges into the manifest keep lines and columns but not the file's absolute path, so that a plan is the same
/// in every checkout.
/// </summary>
public static class PlanJson
{
    private static readonly JsonSerializerOptions Compact = Options(indented: false);
    private static readonly JsonSerializerOptions Indented = Options(indented: true);

    /// <summary>A <see cref="PackPlan"/>, <see cref="LaunchPlan"/>, <see cref="TestPlan"/> or a part of one.</summary>
    public static string Write<T>(T plan, bool indented = false) => JsonSerializer.Serialize(plan, indented ? Indented : Compact);

    public static JsonNode ToNode<T>(T plan) => JsonSerializer.SerializeToNode(plan, Compact)!;

    /// <summary>Reads what <see cref="Write"/> wrote, from a source that is trusted. Throws <see cref="JsonException"/>.</summary>
    public static T Read<T>(string json)
        where T : class => JsonSerializer.Deserialize<T>(json, Compact) ?? throw new JsonException("The plan is null.");

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = indented,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new SortedMapConverter(), new SpanConverter() },
    };
}
