using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Operations.Kits.Skills;

/// <summary>What the program of a skill reads, <c>.NAME.conf</c>: JSON that names the run and its MCP endpoint.</summary>
/// <param name="Skill">Its name.</param>
/// <param name="Run">The run's id; its record is asked whether it lives.</param>
/// <param name="Address">The MCP endpoint, on loopback.</param>
public sealed record SkillConfiguration(string Skill, string Run, Uri Address)
{
    private const int Limit = 1 << 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads it (CAP5510).</summary>
    public static Result<SkillConfiguration> Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SkillConfiguration>(RegularFile.ReadAllBytes(path, Limit), Json) is { Skill: not null, Run: not null, Address.IsAbsoluteUri: true } read
                ? read
                : SkillDiagnostics.BadConfiguration.Now(path, "it is not complete");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return SkillDiagnostics.BadConfiguration.Now(path, problem.Message.TrimEnd('.'));
        }
    }
}
