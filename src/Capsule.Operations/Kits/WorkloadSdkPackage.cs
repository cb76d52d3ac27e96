using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Capsule.Runtime.StandIns;

namespace Capsule.Operations.Kits;

/// <summary>
/// The workload SDK that this program carries, sdk/workload-sdk, under the name and the numbers by which Kits ask for it
/// (specs: kits 3.13). Its files are the same for each number but for the two that say the number.
/// </summary>
internal static class WorkloadSdkPackage
{
    private const string Folder = "workload-sdk/";
    private const string Newest = "0.0.10";

    // The versions with which the contract of today begins; older ones speak another (specs: kits 3.2).
    private static readonly string[] Numbers = ["0.0.7", "0.0.8", "0.0.9", Newest];
    private static readonly string[] Numbered = ["package.json", "version.js"];

    private static readonly Lazy<FrozenDictionary<string, byte[]>> Shipped = new(Read);

    public static PackageStandIn StandIn { get; } = new() { Name = "@capakit/sdk", Versions = [.. Numbers], Files = Files };

    private static IReadOnlyDictionary<string, byte[]> Files(string version) => Shipped.Value.ToFrozenDictionary(
        f => f.Key, f => Numbered.Contains(f.Key) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(f.Value).Replace($"\"{Newest}\"", $"\"{version}\"", StringComparison.Ordinal)) : f.Value);

    private static FrozenDictionary<string, byte[]> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(n => n[Folder.Length..], n =>
        {
            using var stream = assembly.GetManifestResourceStream(n)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }
}
