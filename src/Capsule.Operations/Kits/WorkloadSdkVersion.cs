using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Runtime.Network;

namespace Capsule.Operations.Kits;

/// <summary>
/// How a workload speaks with the runner, which the version of the SDK in its folder tells after it is prepared (specs: kits 3.2). Plain HTTP where there is none.
/// </summary>
internal static class WorkloadSdkVersion
{
    private const string File = "node_modules/@capakit/sdk/package.json";
    private const int LargestFile = 1 << 20;

    /// <summary>The version that lies in one of the folders; null when none does.</summary>
    public static string? Find(IEnumerable<string> folders) => folders.Select(Read).OfType<string>().FirstOrDefault();

    /// <summary>0.0.4 and 0.0.5: requests and answers in frames.</summary>
    public static bool IsFramed(string? version) => version is "0.0.4" or "0.0.5";

    /// <summary>0.0.1 to 0.0.3: HTTP/2, which the runner does not speak.</summary>
    public static bool IsTooOld(string? version) => version is "0.0.1" or "0.0.2" or "0.0.3";

    private static string? Read(string folder)
    {
        using var held = HeldFolder.Open(folder);
        if (held.OpenFile(File) is not { } file)
        {
            return null;
        }

        using (file.Handle)
        {
            var bytes = new byte[Math.Min(file.Length, LargestFile)];
            try
            {
                var read = RandomAccess.Read(file.Handle, bytes, 0);
                return JsonNode.Parse(bytes.AsSpan(0, read)) is JsonObject package && package["version"] is JsonValue value && value.TryGetValue(out string? version) ? version : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
