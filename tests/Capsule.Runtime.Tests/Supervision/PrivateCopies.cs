using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class PrivateCopies
{
    private readonly TemporaryFolder _folder = new();

    [TestInitialize]
    public void Fill()
    {
        _folder.Write("secret", "of the host");
        _folder.Write("tree/app/main.ts", "code");
        _folder.Write("tree/app/sub/run.sh", "#!/bin/sh");
        _folder.Write("tree/app/.env", "TOKEN=1");
        _folder.Write("tree/app/.git/config", "[core]");
        _folder.Write("tree/other/file", "not of this part");
        File.SetUnixFileMode(_folder["tree", "app", "sub", "run.sh"], (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(_folder["tree", "app", "good"], "sub/run.sh");
        File.CreateSymbolicLink(_folder["tree", "app", "bad"], "../../secret");
        File.CreateSymbolicLink(_folder["tree", "app", "absolute"], _folder["secret"]);
        File.CreateSymbolicLink(_folder["tree", "app", "sub", "sneaky"], "../sub/../../secret");
        Directory.CreateSymbolicLink(_folder["tree", "app", "folder"], _folder.Path);
    }

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    public void HoldAnInstalledPartWithoutVersionControlAndUnsafeLinks()
    {
        var dropped = WorkFolder.Copy(_folder["tree"], "app", null, _folder["copy"]).Dropped;
        CollectionAssert.AreEqual(new[] { ".env", "good", "main.ts", "sub", "sub/run.sh" }, Content());
        CollectionAssert.AreEquivalent(new[] { "app/bad", "app/absolute", "app/sub/sneaky", "app/folder" }, dropped.ToArray());
        Assert.IsTrue(File.GetUnixFileMode(_folder["copy", "sub", "run.sh"]).HasFlag(UnixFileMode.UserExecute));
        Assert.IsFalse(File.GetUnixFileMode(_folder["copy", "main.ts"]).HasFlag(UnixFileMode.UserExecute));
    }

    [TestMethod]
    public void HoldOfAProjectOnlyWhatBelongsToThePackage()
    {
        _folder.Write("shared/extra.txt", "added by name");
        var plan = Plan(new("app/main.ts", "app/main.ts", Executable: true), new("app/extra.txt", "../shared/extra.txt"), new("other/file", "other/file"), new("app/bad", "app/bad"));
        var dropped = WorkFolder.Copy(_folder["tree"], "app", plan, _folder["copy"]).Dropped;
        CollectionAssert.AreEqual(new[] { "extra.txt", "main.ts" }, Content());
        CollectionAssert.AreEqual(new[] { "app/bad" }, dropped.ToArray(), "a file that has become a link is not followed");
        Assert.IsTrue(File.GetUnixFileMode(_folder["copy", "main.ts"]).HasFlag(UnixFileMode.UserExecute));
    }

    [TestMethod]
    public void AreIndependentOfTheOriginal()
    {
        WorkFolder.Copy(_folder["tree"], "app", null, _folder["copy"]);
        File.AppendAllText(_folder["copy", "main.ts"], " changed");
        Assert.AreEqual("code", File.ReadAllText(_folder["tree", "app", "main.ts"]));
    }

    [TestMethod]
    public void AreRefusedForAPartThatIsALink() =>
        Assert.Throws<DirectoryNotFoundException>(() => WorkFolder.Copy(_folder["tree"], "app/folder", null, _folder["copy"]));

    private string[] Content() =>
    [
        .. Directory.GetFileSystemEntries(_folder["copy"], "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(_folder["copy"], p)).Order(StringComparer.Ordinal),
    ];

    private static PackPlan Plan(params PackEntry[] entries) =>
        new() { Package = new("kit", null, "x", null), Manifest = "capability.yml", Extension = ".capakit", Entries = entries };
}
