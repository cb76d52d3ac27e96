using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

[TestClass]
[DoNotParallelize]
public partial class DeterminismTests
{
    private static CancellationToken Cancel => CancellationToken.None;

    [TestMethod]
    public async Task FolderUmaskZoneLocaleAndOrderDoNotShow()
    {
        var one = await PackAsync(umask: 0x12, zone: "UTC", minus: "-", reverse: false);
        var other = await PackAsync(umask: 0x3F, zone: "Asia/Tokyo", minus: "\u2212", reverse: true);
        Assert.AreEqual(one.Identity, other.Identity);
        CollectionAssert.AreEqual(one.Container, other.Container);
        CollectionAssert.AreEqual(one.Envelope, other.Envelope);
    }

    [TestMethod]
    public async Task TheSourceDateIsTheOnlyTimeInIt()
    {
        using var project = Project.Small();
        var plain = await project.PackAsync();
        var dated = Project.Value(await PackagePacker.PackAsync(project.Request() with { Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) }, Cancel));
        Assert.AreEqual(plain.Identity, dated.Identity);
        Assert.AreNotEqual(plain.Sha256, dated.Sha256);
        var list = await Command.RunAsync("tar", ["--utc", "--full-time", "-tvf", dated.Path]);
        Assert.HasCount(5, list.Output.Split('\n').Where(l => l.Contains(" 2023-11-14 22:13:20 ", StringComparison.Ordinal)).ToArray());
    }

    private static async Task<(string Identity, byte[] Container, byte[] Envelope)> PackAsync(int umask, string zone, string minus, bool reverse)
    {
        var oldMask = SetUmask((uint)umask);
        var oldZone = Environment.GetEnvironmentVariable("TZ");
        var oldCulture = CultureInfo.CurrentCulture;
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            // Only the invariant culture exists here; a changed copy of it stands for the others.
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = minus;
            culture.NumberFormat.NumberGroupSeparator = minus;
            CultureInfo.CurrentCulture = culture;
            using var project = new Project();
            var files = Enumerable.Range(0, 300).Select(i => ($"src/I{i:D3}/ı-{i}.txt", new string((char)('a' + (i % 26)), i * 37))).Append(("capability.yml", "name: hello\n"));
            foreach (var (path, content) in reverse ? files.Reverse() : files)
            {
                project.Add(path, content);
            }

            project.AddBytes("large.bin", [.. Enumerable.Range(0, 6_000_000).Select(i => (byte)(i * i >> 7))]);
            var packed = await project.PackAsync();
            var envelope = Project.Value(await PackageEnvelope.WriteAsync(new EnvelopeRequest(packed.Path, project["x.nupkg"]), Cancel));
            return (packed.Identity, File.ReadAllBytes(packed.Path), File.ReadAllBytes(envelope.Path));
        }
        finally
        {
            CultureInfo.CurrentCulture = oldCulture;
            Environment.SetEnvironmentVariable("TZ", oldZone);
            TimeZoneInfo.ClearCachedData();
            SetUmask(oldMask);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetUmask(uint mask);
}
