using Capsule.Runtime.Examining;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Tests.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Examining;

/// <summary>Settings that this machine does not have are read from copies of the kernel's files: doubles, each of them.</summary>
[TestClass]
public class SettingsOfTheKernel
{
    [TestMethod]
    [DataRow("user/max_user_namespaces", "0", "CAP5105")]
    [DataRow("user/max_user_namespaces", "100", null)]
    [DataRow("kernel/unprivileged_userns_clone", "0", "CAP5104")]
    [DataRow("kernel/unprivileged_userns_clone", "1", null)]
    [DataRow("kernel/apparmor_restrict_unprivileged_userns", "1", "CAP5141")]
    [DataRow("kernel/apparmor_restrict_unprivileged_userns", "0", null)]
    public void ThatForbidUserNamespacesAreNamed(string name, string value, string? code)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, value + "\n");
        Assert.AreEqual(code, KernelSettings.UserNamespaces(folder.Path, folder["none"])?.Code);
    }

    [TestMethod]
    public void AnAppArmorProfileForBubblewrapIsEnough()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kernel/apparmor_restrict_unprivileged_userns", "1\n");
        folder.Write("profiles/other", "profile other /usr/bin/other { userns, }\n");
        var refused = KernelSettings.UserNamespaces(folder.Path, folder["profiles"])!;
        StringAssert.Contains(refused.Hint, "'profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }'");
        folder.Write("profiles/bwrap", "abi <abi/4.0>,\nprofile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }\n");
        Assert.IsNull(KernelSettings.UserNamespaces(folder.Path, folder["profiles"]));
    }

    [TestMethod]
    public void MountsOverProcAreNamed()
    {
        string[] plain = ["22 27 0:21 / /proc rw,relatime - proc proc rw", "30 22 0:30 / /proc/sys/fs/binfmt_misc rw - binfmt_misc none rw", "31 27 0:31 / /process rw - tmpfs none rw"];
        Assert.IsNull(KernelSettings.Proc(plain));
        var covered = KernelSettings.Proc([.. plain, "32 22 0:6 /null /proc/kcore rw - devtmpfs devtmpfs rw"])!;
        Assert.AreEqual("CAP5142", covered.Code);
        StringAssert.Contains(covered.Message, "(/proc/kcore)");
    }

    [TestMethod]
    public void ControlGroupsThatCannotBeMadeAreNamed()
    {
        using var folder = new TemporaryFolder();
        var check = MachineExamination.ControlGroups(folder.Path);
        Assert.AreEqual("CAP5143", check.Problems.Single().Code);
        Assert.IsTrue(check.Good, "limits are held in another way, or refused where they are declared");
        StringAssert.Contains(check.Problems[0].Message, "memory, pids, cpu");
    }

    [TestMethod]
    public async Task EachThingIsTriedByItself()
    {
        var options = new SandboxOptions { InitPath = "/usr/bin/true", BwrapPath = "/nonexistent/bwrap", UidRange = SandboxScene.Range, LeaseFolder = SandboxScene.LeaseFolder };
        var checks = await MachineExamination.RunAsync(options, default);
        Assert.AreEqual("CAP5101", checks.Single(c => c.Name == "bubblewrap").Problems.Single().Code);
        Assert.AreEqual("CAP5108", checks.Single(c => c.Name == "init").Problems.Single().Code);
        Assert.IsFalse(checks.Single(c => c.Name == "sandbox").Good);
        Assert.IsTrue(checks.Single(c => c.Name == "user ids").Good);
        var absent = await MachineExamination.RunAsync(options with { InitPath = "/nonexistent/init" }, default);
        Assert.AreEqual("CAP5107", absent.Single(c => c.Name == "init").Problems.Single().Code);
    }
}
