using System.Text.Json;

namespace Capsule.Operations.Kits.Skills;

/// <summary>
/// What a run has written for a skill, as JSON in <c>CAPSULE_HOME/skills/RUN.NUMBER.json</c>, before it writes it. The run holds the lock beside it; where
/// that is free, the run is dead and the next one removes the files.
/// </summary>
/// <param name="Run">The run's id.</param>
/// <param name="Folder">The skill's own folder, absolute.</param>
/// <param name="Fresh">Where it is made before it gets its name.</param>
/// <param name="Files">Name to SHA-256 in hex: what has other content is somebody else's.</param>
/// <param name="Made">The folders on the way that were not there before, outermost first.</param>
internal sealed record SkillRecord(string Run, string Folder, string Fresh, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Made)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Schema { get; init; } = "capsule-skill/1";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null when it cannot be read.</summary>
    public static SkillRecord? Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SkillRecord>(File.ReadAllBytes(path), Json) is { Folder: not null, Fresh: not null, Files: not null, Made: not null } record ? record : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
