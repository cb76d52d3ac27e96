using Capsule.Core.Plans;
using Capsule.Families.Packing;
using Capsule.Tests;

namespace Capsule.Families.Tests.Packing;

[TestClass]
public class PackSelectionTests
{
    [TestMethod]
    public void FilesComeSortedByTheirBytes()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "bin-old", "bän", "b/run", "B", "z/\U0001F600", "z/\uFFEE", "a.txt");
        Assert.AreEqual("B|a.txt|b/run|bin-old|bän|z/\uFFEE|z/\U0001F600", Paths(folder));
    }

    [TestMethod]
    public void WhatHasNoPlaceInAPackageStaysOut()
    {
        using var folder = new TemporaryFolder();
        Write(
            folder,
            "capability.yml", ".git/config", "bin/Debug/x", "obj/x", "artifacts/x", "w/node_modules/m/i.js", "w/.venv/x", "w/venv/x", "w/__pycache__/x",
            "w/_state/x", "w/_packages/x", "w/.apply", "hello.capproj", "old.capakit", "old.capsule", "old.nupkg", "old.sigstore.jsonl", "msbuild.binlog",
            ".capsule/tree", "w/a.tsbuildinfo", "w/src/index.ts", "w/bin/tool", ".gitignore", ".well-known/x");
        Assert.AreEqual(".gitignore|.well-known/x|capability.yml|w/bin/tool|w/src/index.ts", Paths(folder));
    }

    [TestMethod]
    public void BuildOutputIsLeftOutBesideAProjectFile()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "api/Api.csproj", "api/bin/x", "api/obj/x", "rust/Cargo.toml", "rust/target/x", "site/target/page.html");
        Assert.AreEqual("api/Api.csproj|rust/Cargo.toml|site/target/page.html", Paths(folder));
    }

    [TestMethod]
    public void FoldersIntoWhichTheProjectIsBuiltAreLeftOut()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a", "art/obj/x", "artful", "w/out/x", "w/outer/x");
        var request = Request(folder) with { OutputFolders = [folder["art"], folder["w", "out"], folder.Path, Path.GetDirectoryName(folder.Path)!] };
        Assert.AreEqual("a|artful|w/outer/x", Paths(folder, request));
    }

    [TestMethod]
    public void AProjectThatUsesOurSdkIsNoPartOfItsPackage()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ours.csproj", "<Project Sdk=\"Capsule.Sdk/1.0.0\" />");
        folder.Write("theirs.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Assert.AreEqual("theirs.csproj", Paths(folder));
    }

    [TestMethod]
    [DataRow(".env")]
    [DataRow(".env.local")]
    [DataRow(".ENV")]
    [DataRow("w/server.pem")]
    [DataRow("w/Server.KEY")]
    [DataRow("w/a.pfx")]
    [DataRow("w/a.p12")]
    [DataRow("w/id_rsa")]
    [DataRow("w/id_ed25519")]
    [DataRow(".npmrc")]
    [DataRow("NuGet.Config")]
    public void SecretsStayOutWithANotice(string path)
    {
        using var folder = new TemporaryFolder();
        Write(folder, path, "keep.txt");
        var result = PackSelection.Select(Request(folder));
        Assert.AreEqual("keep.txt", string.Join('|', result.Value!.Select(e => e.Path)));
        Assert.AreEqual($"CAP2286 '{path}' may hold a secret and stays out of the package.", Said(result.Diagnostics));
    }

    [TestMethod]
    public void APatternThatCoversAFolderDoesNotBringSecretsBackButTheirNameDoes()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "w/public.pem", "w/a.txt");
        Assert.AreEqual("w/a.txt", Paths(folder, Request(folder) with { Include = [Glob.Parse("w/**")!] }));
        Assert.AreEqual("w/a.txt|w/public.pem", Paths(folder, Request(folder) with { Include = [Glob.Parse("public.pem")!] }));
    }

    [TestMethod]
    public void ALeftOutFolderComesBackWhenAPatternNamesIt()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "node_modules/a/i.js", "node_modules/b/i.js", "x.js");
        Assert.AreEqual("node_modules/a/i.js|x.js", Paths(folder, Request(folder) with { Include = [Glob.Parse("node_modules/a")!] }));
        Assert.AreEqual("x.js", Paths(folder, Request(folder) with { Include = [Glob.Parse("*.js")!] }));
    }

    [TestMethod]
    public void OnlyAndExcludeNarrow()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "dist/a.js", "dist/a.map", "src/a.ts", "capsule.toml");
        var request = Request(folder) with { Only = [Glob.Parse("dist")!, Glob.Parse("/capsule.toml")!], Exclude = [Glob.Parse("*.map")!] };
        Assert.AreEqual("capsule.toml|dist/a.js", Paths(folder, request));
    }

    [TestMethod]
    public void AFolderThatIsLeftOutIsNotEvenOpened()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a.txt");
        Directory.CreateDirectory(folder["node_modules"]);
        for (var i = 0; i < 50; i++)
        {
            folder.Write($"node_modules/{i}", "");
        }

        Assert.AreEqual("a.txt", Paths(folder, Request(folder) with { MaxFiles = 1 }));
    }

    [TestMethod]
    public void TooManyFilesAreRefused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a", "b", "c");
        Refuses(Request(folder) with { MaxFiles = 2 }, "CAP2282", "more than 2 files");
    }

    [TestMethod]
    public void LinksInsideThePackageAreKeptAndNeverFollowed()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "docs/a.md");
        File.CreateSymbolicLink(folder["README.md"], "docs/a.md");
        File.CreateSymbolicLink(folder["more"], "docs");
        File.CreateSymbolicLink(folder["docs/up"], "../README.md");
        var entries = PackSelection.Select(Request(folder)).Value!;
        Assert.AreEqual("README.md>docs/a.md|docs/a.md>|docs/up>../README.md|more>docs", string.Join('|', entries.Select(e => $"{e.Path}>{e.LinkTarget}")));
        Assert.IsNull(entries[0].Source);
    }

    [TestMethod]
    [DataRow("/etc/passwd", "CAP2283")]
    [DataRow("../outside", "CAP2283")]
    [DataRow("missing", "CAP2284")]
    [DataRow("node_modules/m", "CAP2284")]
    [DataRow("link", "CAP2285")]
    public void LinksThatLeaveOrEndNowhereAreRefused(string target, string code)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "node_modules/m", "a");
        File.CreateSymbolicLink(folder["link"], target);
        Refuses(Request(folder), code, "The link 'link'");
    }

    [TestMethod]
    public async Task APipeIsRefusedInsteadOfRead()
    {
        using var folder = new TemporaryFolder();
        await Command.RunAsync("mkfifo", [folder["pipe"]]);
        Refuses(Request(folder), "CAP2287", "'pipe' is neither a file, a folder nor a link.");
    }

    [TestMethod]
    public void AMissingFolderIsSaid() =>
        Refuses(new SelectionRequest { ProjectDirectory = "/does/not/exist" }, "CAP2280", "'/does/not/exist' does not exist");

    [TestMethod]
    public async Task AFolderThatCannotBeOpenedIsNamed()
    {
        // Modes do not stop root; a path longer than the system opens stops everyone.
        using var folder = new TemporaryFolder();
        const string Nest = "n=$(printf 'a%.0s' $(seq 250)); for i in $(seq 18); do mkdir $n; cd -P $n; done";
        await Command.RunAsync("/bin/bash", ["-c", Nest], folder.Path);
        Refuses(Request(folder), "CAP2281", "cannot be read");
        await Command.RunAsync("rm", ["-rf", folder[new string('a', 250)]]);
    }

    [TestMethod]
    public void ExtraFilesGoInUnderTheirOwnPath()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        Write(folder, "a", "artifacts/tool");
        var outside = other.Write("data.bin", "x");
        var request = Request(folder) with
        {
            ExtraFiles = new Dictionary<string, string> { ["bin/tool"] = folder["artifacts/tool"], ["data.bin"] = outside },
            Executables = new HashSet<string> { "bin/tool" },
        };
        var entries = PackSelection.Select(request).Value!;
        Assert.AreEqual("a|bin/tool|data.bin", string.Join('|', entries.Select(e => e.Path)));
        Assert.AreEqual("artifacts/tool", entries[1].Source);
        Assert.IsTrue(entries[1].Executable);
        Assert.AreEqual(outside, Path.GetFullPath(Path.Combine(folder.Path, entries[2].Source!)));
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("/x")]
    [DataRow("a//b")]
    [DataRow(".capsule/tree")]
    [DataRow("a\\b")]
    public void ExtraFilesCannotLeaveThePackage(string path)
    {
        using var folder = new TemporaryFolder();
        Refuses(Request(folder) with { ExtraFiles = new Dictionary<string, string> { [path] = folder.Write("a", "x") } }, "CAP2288", path);
    }

    [TestMethod]
    public void AnExtraFileMustBeAFile()
    {
        using var folder = new TemporaryFolder();
        Refuses(Request(folder) with { ExtraFiles = new Dictionary<string, string> { ["x"] = folder.Path } }, "CAP2289", "is not a file");
    }

    [TestMethod]
    public void CancellationStopsTheWalk()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<OperationCanceledException>(() => PackSelection.Select(Request(folder), new CancellationToken(canceled: true)));
    }

    private static SelectionRequest Request(TemporaryFolder folder) => new() { ProjectDirectory = folder.Path };

    private static string Paths(TemporaryFolder folder, SelectionRequest? request = null)
    {
        var result = PackSelection.Select(request ?? Request(folder));
        Assert.IsTrue(result.Succeeded, Said(result.Diagnostics));
        return string.Join('|', result.Value.Select(e => e.Path));
    }

    private static void Refuses(SelectionRequest request, string code, string text)
    {
        var result = PackSelection.Select(request);
        Assert.IsFalse(result.Succeeded);
        StringAssert.StartsWith(Said(result.Diagnostics), code);
        StringAssert.Contains(Said(result.Diagnostics), text);
    }

    private static string Said(IEnumerable<Core.Diagnostics.Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(d => $"{d.Code} {d.Message}"));

    private static void Write(TemporaryFolder folder, params string[] files)
    {
        foreach (var file in files)
        {
            folder.Write(file, "x");
        }
    }
}
