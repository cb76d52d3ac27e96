using System.Text.Json;

namespace Capsule.Runtime.Joining;

/// <summary>A program that is to run beside a process of a run that lives.</summary>
/// <param name="Process">The process's id, or its cell's; null where the run has one process only.</param>
/// <param name="Argv">Program and arguments.</param>
public sealed record JoinRequest(string? Process, IReadOnlyList<string> Argv)
{
    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Null when it is none.</summary>
    internal static JoinRequest? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<JoinRequest>(text, JsonSerializerOptions.Web) is { Argv.Count: > 0 } request ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
