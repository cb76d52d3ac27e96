using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Packaging.Locking;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Locking;

[TestClass]
public class LockTests
{
    private const string Integrity = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    private const string Tree = "capsule-tree/1:d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782";

    private const string Text = $"""
        # Written by 'capsule lock'. Commit it; do not edit it.
        version = 1
        sdk = "1.0.0"

        [[toolchain]]
        name = "bun"
        wanted = "^1.3"
        version = "1.3.2"
        [toolchain.packages]
        "@oven/bun-linux-aarch64" = "{Integrity}"
        "@oven/bun-linux-x64" = "{Integrity}"

        [[dependency]]
        name = "acme/base"
        version = "2.0.0"
        tree = "{Tree}"

        [[dependency]]
        name = "lib"
        git = "https://git.example/lib.git"
        commit = "0123456789abcdef0123456789abcdef01234567"
        folder = "kit"
        tree = "{Tree}"

        """;

    [TestMethod]
    public void WhatIsReadIsWrittenAgainByteForByte()
    {
        var read = LockFile.Read(new SourceText("capproj.lock", Text));
        Assert.IsTrue(read.Succeeded, Codes(read));
        Assert.AreEqual(Text, read.Value.Write());
        Assert.AreEqual(Integrity, read.Value.FindToolchain("bun")!.Packages["@oven/bun-linux-x64"]);
    }

    [TestMethod]
    public void TheOrderOfTheModelDoesNotShow()
    {
        var read = LockFile.Read(new SourceText("capproj.lock", Text)).Value!;
        var turned = read with
        {
            Dependencies = [.. read.Dependencies.Reverse()],
            Toolchains = [.. read.Toolchains.Select(t => t with { Packages = t.Packages.Reverse().ToDictionary() })],
        };
        Assert.AreEqual(Text, turned.Write());
    }

    [TestMethod]
    [DataRow("version = 1\n", "version = 2\n", "CAP1003", 2)]
    [DataRow("version = 1\n", "", "CAP1012", 1)]
    [DataRow("version = 1\n", "version = \"1\"\n", "CAP1010", 2)]
    [DataRow("sdk = \"1.0.0\"", "sdk_version = \"1.0.0\"", "CAP1011", 3)]
    [DataRow("name = \"bun\"\n", "name = \"\"\n", "CAP1015", 6)]
    [DataRow("\"@oven/bun-linux-x64\"", "\"https://evil.example/bun.tgz\"", "CAP1009", 11)]
    [DataRow("\"@oven/bun-linux-x64\" = \"sha512-z4", "\"@oven/bun-linux-x64\" = \"sha1-z4", "CAP1004", 11)]
    [DataRow("SfaPg==\"\n\"@oven/bun-linux-x64", "SfaPh==\"\n\"@oven/bun-linux-x64", "CAP1004", 10)]
    [DataRow("22e782\"\n\n[[dep", "22E782\"\n\n[[dep", "CAP1005", 16)]
    [DataRow("commit = \"0123456789", "commit = \"v1.0", "CAP1006", 21)]
    [DataRow("name = \"lib\"", "name = \"acme/base\"", "CAP1007", 19)]
    [DataRow("git = \"https://git.example/lib.git\"\n", "", "CAP1008", 19)]
    [DataRow("version = \"2.0.0\"", "version = \"2.0.0\"\ngit = \"https://x\"", "CAP1008", 14)]
    [DataRow("[toolchain.packages]", "[toolchain.packages", "CAP09", 9)]
    public void ProblemsAreReportedOnTheirLine(string from, string to, string code, int line)
    {
        Assert.Contains(from, Text);
        var problem = LockFile.Read(new SourceText("capproj.lock", Text.Replace(from, to, StringComparison.Ordinal))).Diagnostics[0];
        Assert.StartsWith(code, problem.Code);
        Assert.AreEqual(line, problem.Span?.Line);
    }

    [TestMethod]
    public void KindsThatOnlyOtherFieldReadersUseHaveTheirText()
    {
        // No field of a lock is a choice or has a range today; the reader still needs both kinds.
        Assert.AreEqual("CAP1013", LockDiagnostics.Fields.NotAllowed.Code);
        Assert.AreEqual("CAP1014", LockDiagnostics.Fields.OutOfRange.Code);
    }

    [TestMethod]
    public void AbsenceIsANoticeUnlessLocked()
    {
        using var folder = new TemporaryFolder();
        var free = LockCheck.Check(new LockRequest(folder["capproj.lock"]));
        Assert.IsTrue(free.Succeeded);
        Assert.AreEqual(("CAP1000", Severity.Info), (free.Diagnostics[0].Code, free.Diagnostics[0].Severity));
        Assert.AreEqual("CAP1001", Codes(LockCheck.Check(new LockRequest(folder["capproj.lock"]) { Locked = true })));
    }

    [TestMethod]
    public void ACurrentLockPassesInSilence()
    {
        using var folder = new TemporaryFolder();
        var request = Current(folder.Write("capproj.lock", Text));
        Assert.IsEmpty(LockCheck.Check(request with { Locked = true }).Diagnostics);
    }

    [TestMethod]
    [DataRow("sdk", "it was written for SDK 1.0.0, and 1.1.0 is used")]
    [DataRow("range", "the manifest asks for bun ^1.4, it was written for ^1.3")]
    [DataRow("added", "'node' is not in it")]
    [DataRow("removed", "'bun' is in it but no longer asked for")]
    [DataRow("dependency", "the dependency 'new' is not in it")]
    [DataRow("ref", "the dependency 'lib' is v2 of https://git.example/lib.git, it was written for the default branch of https://git.example/lib.git")]
    [DataRow("undepended", "the dependency 'lib' is in it but no longer asked for")]
    public void AStaleLockIsAWarningAndAnErrorWhenLocked(string change, string says)
    {
        using var folder = new TemporaryFolder();
        var request = Current(folder.Write("capproj.lock", Text));
        request = change switch
        {
            "sdk" => request with { Sdk = "1.1.0" },
            "range" => request with { Toolchains = [new ToolchainPlan("bun", "^1.4")] },
            "added" => request with { Toolchains = [.. request.Toolchains, new ToolchainPlan("node")] },
            "removed" => request with { Toolchains = [] },
            "dependency" => request with { Dependencies = [Lib, Lib with { Id = "new" }] },
            "ref" => request with { Dependencies = [Lib with { Source = Lib.Source with { Ref = "v2" } }] },
            _ => request with { Dependencies = [] },
        };
        var free = LockCheck.Check(request);
        Assert.IsTrue(free.Succeeded);
        Assert.AreEqual(("CAP1002", Severity.Warning, $"capproj.lock is out of date: {says}."), (free.Diagnostics[0].Code, free.Diagnostics[0].Severity, free.Diagnostics[0].Message));
        var locked = LockCheck.Check(request with { Locked = true });
        Assert.IsFalse(locked.Succeeded);
        Assert.AreEqual("CAP1002", Codes(locked));
    }

    [TestMethod]
    public void AnEqualLockIsNotWrittenAgain()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("capproj.lock", Text);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        var read = LockFile.Load(path).Value!;
        Assert.IsTrue(read.Save(path).Succeeded);
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        Assert.IsTrue((read with { Sdk = "2.0.0" }).Save(path).Succeeded);
        Assert.AreEqual("2.0.0", LockFile.Load(path).Value!.Sdk);
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    private static readonly GitDependency Lib = new("lib", new GitSource("https://git.example/lib.git", null), SourceSpan.Of("x"), IsOpen: true);

    private static LockRequest Current(string path) => new(path)
    {
        Sdk = "1.0.0",
        Toolchains = [new ToolchainPlan("bun", "^1.3")],
        Dependencies = [Lib],
    };

    private static string Codes(Result<LockFile> result) => string.Join(' ', result.Diagnostics.Select(d => d.Code).Distinct());
}
