using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sharing;

/// <summary>The same project in two places, made and packed by two very different users.</summary>
[TestClass]
public sealed class Determinism
{
    private static readonly string[] Samples = ["hello-kit", "node-capsule", "static-site"];

    [TestMethod]
    public async Task TwoCopiesGiveTheSameBytesAndTheSameIdentity()
    {
        using var one = new CapsuleProgram();
        using var other = new CapsuleProgram();
        foreach (var sample in Samples)
        {
            var first = await PackAsync(one, sample, "a", "022", "UTC", "C", backwards: false);
            var second = await PackAsync(other, sample, "a/much/deeper/folder with spaces", "077", "Pacific/Kiritimati", "tr_TR.UTF-8", backwards: true);

            Assert.AreEqual(first.Identity, second.Identity, sample);
            Assert.IsTrue(first.Container.AsSpan().SequenceEqual(second.Container), $"{sample}: the containers differ");
            Assert.IsTrue(first.Package.AsSpan().SequenceEqual(second.Package), $"{sample}: the packages differ");
        }
    }

    private static async Task<(string Identity, byte[] Container, byte[] Package)> PackAsync(
        CapsuleProgram capsule, string sample, string folder, string umask, string zone, string language, bool backwards)
    {
        var target = capsule[folder, sample];
        var files = Directory.EnumerateFiles(Checkout.File("samples", sample), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Checkout.File("samples", sample), f))
            .Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);
        const string Copy = "umask $0; from=$1; to=$2; shift 2; for f; do mkdir -p \"$to/$(dirname \"$f\")\" && cat \"$from/$f\" > \"$to/$f\" || exit 1; done";
        var copied = await Command.RunAsync("sh", ["-c", Copy, umask, Checkout.File("samples", sample), target, .. backwards ? files.Reverse() : files]);
        Assert.AreEqual(0, copied.ExitCode, copied.All);

        var environment = capsule.Variables();
        (environment["TZ"], environment["LANG"], environment["LC_ALL"]) = (zone, language, language);
        string[] arguments = ["pack", target, "--publisher", "acme", "--version", "1.0.0", "-o", capsule[folder, "out"], "--json"];
        var packed = await Command.RunAsync("sh", ["-c", "umask $0; exec dotnet \"$@\"", umask, CapsuleProgram.Program, .. arguments], capsule.Folder, environment);
        Assert.AreEqual(0, packed.ExitCode, packed.All);
        var data = JsonNode.Parse(packed.Output)!["data"]!;
        return ((string)data["identity"]!, await File.ReadAllBytesAsync((string)data["container"]!), await File.ReadAllBytesAsync((string)data["package"]!));
    }
}
