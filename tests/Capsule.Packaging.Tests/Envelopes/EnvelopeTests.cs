using System.IO.Compression;
using System.Text;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Packaging.Tests.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Envelopes;

[TestClass]
public class EnvelopeTests
{
    private static CancellationToken Cancel => CancellationToken.None;

    [TestMethod]
    public async Task TheIdentityAndTheLinesSurviveTheEnvelope()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        File.WriteAllText(packed.Path + ".sigstore.jsonl", "{\"line\":1}\n");
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["out"]), Cancel));
        Assert.AreEqual(project["out", "acme.hello.1.0.0.nupkg"], envelope.Path);
        Assert.AreEqual(packed.Identity, envelope.Identity);

        var opened = Project.Value(await PackageReader.OpenAsync(envelope.Path, Cancel));
        Assert.AreEqual(PackageForm.Envelope, opened.Form);
        Assert.AreEqual(packed.Identity, opened.Tree.Identity);
        Assert.AreEqual(packed.Info, opened.Info);
        Assert.AreEqual("{\"line\":1}\n", Encoding.UTF8.GetString(opened.SignatureLines!.Value.Span));
        Project.Value(await opened.ExtractAsync(project["unpacked"], Cancel));
        Assert.AreEqual(packed.Identity, Project.Value(await PackageReader.OpenAsync(project["unpacked"], Cancel)).Tree.Identity);
    }

    [TestMethod]
    public async Task TheOfficialClientPushesItToAFeed()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["out"]), Cancel));
        Directory.CreateDirectory(project["feed"]);
        var push = await Command.RunAsync("dotnet", ["nuget", "push", envelope.Path, "--source", project["feed"]], project.Folder);
        Assert.AreEqual(0, push.ExitCode, push.All);
        var pushed = Directory.GetFiles(project["feed"], "*.nupkg", SearchOption.AllDirectories).Single();
        CollectionAssert.AreEqual(File.ReadAllBytes(envelope.Path), File.ReadAllBytes(pushed));

        using var reader = new NuGet.Packaging.PackageArchiveReader(pushed);
        Assert.AreEqual("acme.hello.1.0.0", reader.NuspecReader.GetIdentity().ToString());
        Assert.AreEqual("Capsule", reader.NuspecReader.GetPackageTypes().Single().Name);
        Assert.AreEqual("Apache-2.0", reader.NuspecReader.GetLicenseMetadata()!.LicenseExpression!.ToString());
        Assert.AreEqual("Says <hello> & more.", reader.NuspecReader.GetDescription());
        Assert.AreEqual("acme", reader.NuspecReader.GetAuthors());
    }

    [TestMethod]
    public async Task ItIsKnownByItsContentWhateverItsName()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["download"]), Cancel));
        Assert.AreEqual(PackageForm.Envelope, Project.Value(await PackageReader.OpenAsync(envelope.Path, Cancel)).Form);
    }

    [TestMethod]
    public async Task OrdinaryNuGetPackagesAreRefused()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder["some.library.nupkg"], ZipArchiveMode.Create))
        {
            Put(zip, "some.library.nuspec", "<package/>");
            Put(zip, "lib/net10.0/some.library.dll", "MZ");
        }

        Assert.AreEqual("CAP2306", Project.Codes(await PackageReader.OpenAsync(folder["some.library.nupkg"], Cancel)));
    }

    [TestMethod]
    public async Task TheContainerIsStoredAsItIs()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["x.nupkg"]), Cancel));
        using var zip = ZipFile.OpenRead(envelope.Path);
        var entry = zip.GetEntry("capsule/hello.capakit")!;
        Assert.AreEqual(entry.Length, entry.CompressedLength);
        Assert.AreEqual(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
        using var content = entry.Open();
        Assert.AreEqual(packed.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        var list = await Command.RunAsync("python3", ["-c", $"import zipfile; print(zipfile.ZipFile('{envelope.Path}').testzip())"]);
        Assert.AreEqual("None\n", list.All);
    }

    [TestMethod]
    [DataRow(null, "1.0.0", "CAP2300")]
    [DataRow("acme", null, "CAP2301")]
    [DataRow("Acme", "1.0.0", "CAP2302")]
    [DataRow("acme.tools", "1.0.0", "CAP2302")]
    [DataRow("acme", "1.0", "CAP2303")]
    [DataRow("acme", "1.0.00", "CAP2303")]
    [DataRow("acme", "01.0.0", "CAP2303")]
    public async Task WithoutAProperNameNothingIsWritten(string? publisher, string? version, string code)
    {
        using var project = Project.Small();
        var packed = await project.PackAsync(publisher, version);
        Assert.AreEqual(code, Project.Codes(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["x.nupkg"]), Cancel)));
        Assert.IsFalse(File.Exists(project["x.nupkg"]));
    }

    [TestMethod]
    public async Task PublisherAndVersionMayComeFromOutsideButNotAgainstTheInside()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync(scope: null, version: null);
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(
            new EnvelopeRequest(packed.Path, project["x.nupkg"]) { Publisher = "acme", Version = "2.0.0-rc.1+build" }, Cancel));
        var opened = Project.Value(await PackageReader.OpenAsync(envelope.Path, Cancel));
        Assert.AreEqual(("acme", "2.0.0-rc.1+build"), (opened.Info.Scope, opened.Info.Version));

        packed = await project.PackAsync();
        Assert.AreEqual("CAP2307", Project.Codes(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["y.nupkg"]) { Version = "2.0.0" }, Cancel)));
    }

    [TestMethod]
    public async Task OddContainerNamesAreRefused()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        File.Move(packed.Path, project["out", "hello world.capakit"]);
        Assert.AreEqual("CAP2305", Project.Codes(await PackageEnvelope.WriteAsync(new EnvelopeRequest(project["out", "hello world.capakit"], project["x.nupkg"]), Cancel)));
    }

    [TestMethod]
    public async Task ContainersThatNoFeedTakesAreRefused()
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        using (var file = File.Open(packed.Path, FileMode.Open))
        {
            // The payload's header, made to state 4 GiB; a hole in the file stands for the content.
            var header = packed.Size - 1024 - 512 - ((await PayloadLength(packed.Path) + 511) & -512);
            file.Position = header;
            file.Write(new Capsule.Packaging.Archives.TarWriter(file, 0).LateHeader("payload.tar.zst", 1L << 32));
            file.SetLength(header + 512 + (1L << 32) + 1024);
        }

        Assert.AreEqual("CAP2304", Project.Codes(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["x.nupkg"]), Cancel)));
        Assert.IsFalse(File.Exists(project["x.nupkg"]));
    }

    [TestMethod]
    [DataRow("second container", "CAP2306")]
    [DataRow("no container", "CAP2306")]
    [DataRow("script for an IDE", "CAP2306")]
    [DataRow("duplicate", "CAP2306")]
    [DataRow("another tree", "CAP2306")]
    [DataRow("another type", "CAP2306")]
    [DataRow("external entity", "CAP2306")]
    [DataRow("another publisher", "CAP2307")]
    [DataRow("another version", "CAP2307")]
    [DataRow("another name", "CAP2307")]
    [DataRow("many lines", "CAP2308")]
    [DataRow("another payload", "CAP2120 CAP2112 CAP2101 CAP2100")]
    public async Task TamperedEnvelopesAreRefused(string change, string codes)
    {
        using var project = Project.Small();
        var packed = await project.PackAsync();
        var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["x.nupkg"]), Cancel));
        using (var zip = ZipFile.Open(envelope.Path, ZipArchiveMode.Update))
        {
            Tamper(zip, change, packed.Path);
        }

        var opened = await PackageReader.OpenAsync(envelope.Path, Cancel);
        var code = opened.Succeeded ? Project.Codes(await opened.Value.ExtractAsync(project["unpacked"], Cancel)) : Project.Codes(opened);
        Assert.Contains(code, codes.Split(' '));
        Assert.AreEqual(Core.Diagnostics.ExitCode.Refused, opened.Succeeded ? Core.Diagnostics.ExitCode.Refused : opened.Exit);
        Assert.IsFalse(Directory.Exists(project["unpacked"]));
    }

    private static async Task<long> PayloadLength(string container)
    {
        var list = await Command.RunAsync("sh", ["-c", $"tar -xOf '{container}' payload.tar.zst | wc -c"]);
        return long.Parse(list.Output, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Tamper(ZipArchive zip, string change, string container)
    {
        switch (change)
        {
            case "second container":
                Put(zip, "capsule/other.capakit", "x");
                break;
            case "no container":
                zip.GetEntry("capsule/hello.capakit")!.Delete();
                break;
            case "script for an IDE":
                Put(zip, "tools/init.ps1", "calc");
                break;
            case "duplicate":
                Put(zip, "CAPSULE/tree", "x");
                break;
            case "another tree":
                Replace(zip, "capsule/tree", "\tx\t18", "\tf\t18");
                Put(zip, "capsule/tree", "capsule-tree/1\n", replace: true);
                break;
            case "another type":
                Replace(zip, "acme.hello.nuspec", "name=\"Capsule\"", "name=\"DotnetTool\"");
                break;
            case "external entity":
                Replace(zip, "acme.hello.nuspec", "<package ", "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><package ");
                break;
            case "another publisher":
                Replace(zip, "acme.hello.nuspec", "acme.hello", "evil.hello");
                break;
            case "another version":
                Replace(zip, "acme.hello.nuspec", ">1.0.0<", ">9.0.0<");
                break;
            case "another name":
                Replace(zip, "acme.hello.nuspec", "acme.hello", "acme.other");
                break;
            case "many lines":
                Put(zip, "capsule/hello.capakit.sigstore.jsonl", new string('x', (1 << 20) + 1));
                break;
            default:
                var bytes = File.ReadAllBytes(container);
                bytes[^1700] ^= 0x40;
                Put(zip, "capsule/hello.capakit", bytes);
                break;
        }
    }

    private static void Replace(ZipArchive zip, string name, string from, string to)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        var text = reader.ReadToEnd();
        reader.Close();
        Put(zip, name, text.Replace(from, to, StringComparison.Ordinal), replace: true);
    }

    private static void Put(ZipArchive zip, string name, string content, bool replace = false) =>
        Put(zip, name, Encoding.UTF8.GetBytes(content), replace);

    private static void Put(ZipArchive zip, string name, byte[] content, bool replace = true)
    {
        if (replace)
        {
            zip.GetEntry(name)?.Delete();
        }

        using var stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }
}
