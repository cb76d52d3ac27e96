using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Build.Tasks.Logging;

/// <summary>
/// The warnings of the last validation, in a file that exists only when there are any: a step that is up to date says
/// nothing, and a warning about security must not vanish with it (specs: msbuild-sdk 1.8).
/// </summary>
internal static class KeptDiagnostics
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static void Keep(string file, IEnumerable<Diagnostic> diagnostics)
    {
        var kept = diagnostics.Where(d => d.Severity == Severity.Warning).Select(LoggedDiagnostic.Of).ToArray();
        if (kept.Length == 0)
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }

            return;
        }

        WholeFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(kept, Options));
    }

    /// <summary>The kept warnings; none when the file is gone or not ours.</summary>
    public static IReadOnlyList<LoggedDiagnostic> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<LoggedDiagnostic[]>(File.ReadAllBytes(file), Options) ?? [];
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return [];
        }
    }
}
