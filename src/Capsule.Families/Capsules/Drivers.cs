using System.Collections.Frozen;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules;

/// <summary>Which driver goes with which runtime, and what is inferred where none is written (specs: ato 1.3).</summary>
internal static class Drivers
{
    public static readonly string[] Runtimes = ["source", "web", "wasm", "oci"];

    public static readonly string[] All = ["static", "deno", "node", "python", "wasmtime", "native"];

    /// <summary>Those that come in versions.</summary>
    public static readonly string[] Versioned = ["deno", "node", "python"];

    /// <summary>Those that a package registry serves, so that a lock can pin them; the others are the machine's own.</summary>
    public static readonly string[] Locked = ["deno", "node"];

    private static readonly FrozenDictionary<string, string[]> ByRuntime = new Dictionary<string, string[]>
    {
        ["source"] = ["deno", "node", "python", "native"],
        ["web"] = ["static", "deno", "node", "python"],
        ["wasm"] = ["wasmtime"],
        ["oci"] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> For(string runtime) => ByRuntime.GetValueOrDefault(runtime, []);

    /// <summary>A version that a hint can show.</summary>
    public static string ExampleVersion(string driver) => driver switch
    {
        "node" => "22.11.0",
        "deno" => "2.1.4",
        _ => "3.11",
    };

    public static string Infer(IReadOnlyList<Field<string>> cmd, Field<string>? language) =>
        OfCommand(cmd) ?? OfWord(language?.Value) ?? "native";

    public static string? OfCommand(IReadOnlyList<Field<string>> cmd) => OfWord(cmd.Count > 0 ? cmd[0].Value : null);

    private static string? OfWord(string? word) => word switch
    {
        "deno" => "deno",
        "node" or "nodejs" => "node",
        "python" or "python3" or "py" => "python",
        _ => null,
    };
}
