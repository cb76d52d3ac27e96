using System.Text.Json;

namespace Capsule.Runtime.Secrets;

/// <summary>
/// The file of one place. Names stand in it as they are, values only sealed:
/// <code>{"schema":"capsule-secrets/1","place":"acme/hello-kit","values":{"api_key":"…base64…"}}</code>
/// </summary>
internal sealed record StoreDocument(string Schema, string Place, SortedDictionary<string, byte[]> Values)
{
    public const string Known = "capsule-secrets/1";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static StoreDocument Empty(SecretPlace place) => new(Known, place.Name, new SortedDictionary<string, byte[]>(StringComparer.Ordinal));

    /// <summary>Null when it is no such file.</summary>
    public static StoreDocument? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<StoreDocument>(bytes, Json) is { Schema: Known, Values: not null } read && read.Values.Values.All(v => v is not null)
                ? read with { Values = new SortedDictionary<string, byte[]>(read.Values, StringComparer.Ordinal) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
