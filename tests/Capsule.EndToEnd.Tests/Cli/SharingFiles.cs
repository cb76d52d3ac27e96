using Capsule.Core.Plans;
using Capsule.Packaging.Containers;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>What <c>install</c>, <c>verify</c> and <c>publish</c> want to know of a file.</summary>
[TestClass]
public sealed class SharingFiles : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public SharingFiles()
    {
        Site.Write(_capsule, "site");
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AFileMustSayWhoseItIs()
    {
        await ContainerAsync(FamilyNames.Capsule, scope: null);

        var install = await _capsule.RunAsync("install", "site.capsule");

        Assert.AreEqual(8, install.ExitCode, install.All);
        StringAssert.Contains(install.Error, "error CAP9112: 'site.capsule' does not say its publisher or its version.");
    }

    [TestMethod]
    public async Task AFileThatLiesAboutItsFamilyIsRefused()
    {
        await ContainerAsync(FamilyNames.Kit, scope: "acme");

        var verify = await _capsule.RunAsync("verify", "site.capsule");

        Assert.AreEqual(5, verify.ExitCode, verify.All);
        StringAssert.Contains(verify.Error, "error CAP9113");
        Assert.AreEqual("", verify.Output);
    }

    [TestMethod]
    public async Task APackageGoesToOneFeed()
    {
        Directory.CreateDirectory(_capsule["one"]);
        Directory.CreateDirectory(_capsule["two"]);

        var none = await _capsule.RunAsync("publish", "site", "--publisher", "acme");
        var both = await _capsule.RunAsync("publish", "site", "--publisher", "acme", "--feed", "one", "--feed", "two");

        Assert.AreEqual((2, 2), (none.ExitCode, both.ExitCode), none.All + both.All);
        StringAssert.Contains(none.Error, "error CAP9114: A package is published to one feed, and 0 are named.");
        StringAssert.Contains(both.Error, "error CAP9114: A package is published to one feed, and 2 are named.");
        Assert.IsEmpty(Directory.GetFileSystemEntries(_capsule["one"]));
    }

    [TestMethod]
    public async Task SigningNeedsAKey()
    {
        await ContainerAsync(FamilyNames.Capsule, scope: "acme");

        var sign = await _capsule.RunAsync("sign", "site.capsule");

        Assert.AreNotEqual(0, sign.ExitCode, sign.All);
        Assert.IsFalse(sign.Error.Contains("CAP9199", StringComparison.Ordinal), sign.Error);
        Assert.IsFalse(File.Exists(_capsule["site.capsule.sigstore.jsonl"]));
    }

    [TestMethod]
    public async Task WithoutARegistryTheDoctorWarns()
    {
        _capsule.Environment["PATH"] = Path.GetDirectoryName(Environment.ProcessPath);
        _capsule.Environment["HOME"] = _capsule["nobody"];
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith("npm_config_", StringComparison.OrdinalIgnoreCase))
            {
                _capsule.Environment[(string)variable.Key] = null;
            }
        }

        _capsule.Environment["npm_config_globalconfig"] = _capsule["none"];

        var doctor = await _capsule.RunAsync("doctor");

        StringAssert.Contains(doctor.Error, "warning CAP9111");
        StringAssert.Contains(doctor.Output, "warn  toolchains: CAP9111 npm names no registry");
    }

    private async Task ContainerAsync(string family, string? scope)
    {
        var plan = new PackPlan
        {
            Package = new PackageReference(family, scope, "site", "1.0.0"),
            Manifest = "capsule.toml",
            Extension = ".capsule",
            Entries = [new PackEntry("capsule.toml", "capsule.toml"), new PackEntry("public/index.html", "public/index.html")],
        };
        var packed = await PackagePacker.PackAsync(new PackRequest(plan, _capsule["site"], _capsule["site.capsule"]), CancellationToken.None);
        Assert.IsTrue(packed.Succeeded, string.Join('\n', packed.Diagnostics.Select(d => d.Message)));
    }
}
