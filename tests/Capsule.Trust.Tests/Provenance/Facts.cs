using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Trust.Provenance;

namespace Capsule.Trust.Tests.Provenance;

/// <summary>A build to write documents about.</summary>
internal static class Facts
{
    public static BuildFacts Hello { get; } = new()
    {
        Package = new PackageReference("kit", "acme", "hello", "1.0.0"),
        Tree = TreeDocument.Create(
        [
            TreeEntry.File("capability.yml", 3, new string('a', 64)),
            TreeEntry.File("bin/run é.sh", 5, new string('b', 64), executable: true),
            TreeEntry.Link("current", "bin/run é.sh"),
        ]).Value!,
        Manifest = "capability.yml",
        License = "MIT OR Apache-2.0",
        Parameters = new Dictionary<string, string> { ["target"] = "web", ["option.a"] = "1" },
        Materials =
        [
            Material.NuGet("Capsule.Sdk", "1.0.0"),
            Material.Npm("@oven/bun-linux-x64", "1.3.1", "sha512-" + Convert.ToBase64String(new byte[64])),
            Material.Git("library", "https://git.example/library.git", new string('1', 40)),
        ],
        Versions = new Dictionary<string, string> { ["libzstd"] = "1.5.4", ["capsule"] = "1.0.0", ["dotnet"] = "10.0.1" },
    };
}
