using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Core.Tests.Plans;

/// <summary>What a person reads before agreeing (specs: sandbox 3).</summary>
[TestClass]
public class PermissionsInWords
{
    private static readonly Permission Asked = new("p", new Origin("capsule.toml", "/network", new SourceRange(7, 3, 7, 9)), "egress_allow = [\"example.org:443\"]");

    [TestMethod]
    public void WhatEveryPackageHasIsNotAskedFor()
    {
        var plan = Plan(
            new ProcessPlan { Id = "web/service", Stage = ProcessStage.Service, Cwd = "/app", Network = new NetworkPlan { Mode = NetworkMode.Loopback }, Listen = [new ListenPlan { Name = "http", Port = 3000 }] },
            [.. new[] { MountKind.Tree, MountKind.Work, MountKind.State, MountKind.Cache, MountKind.Tmp }.Select(k => Mount(k, MountAccess.ReadWrite))]);

        Assert.IsEmpty(PermissionSummary.Of(plan));
    }

    [TestMethod]
    public void EveryOtherPermissionIsASentenceWithItsPlace()
    {
        var process = new ProcessPlan
        {
            Id = "web/service",
            Stage = ProcessStage.Service,
            Cwd = "/app",
            Network = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new EgressRule("example.org", [80, 443]), new EgressRule("*.example.net", [443])], Permission = Asked },
            Peers = [new PeerPlan("db/service", "/sql", "http", "/run/db.sock", Asked)],
            Secrets = [new SecretPlan("key", SecretDelivery.File, Asked)],
            Limits = new LimitsPlan { Memory = 4096, Cpu = 1.5 },
        };
        var plan = Plan(process, Mount(MountKind.Host, MountAccess.ReadOnly), Mount(MountKind.Host, MountAccess.ReadWrite), Mount(MountKind.Output, MountAccess.ReadWrite)) with
        {
            Requires = new LaunchRequirements { Gpu = "required" },
        };

        var asked = PermissionSummary.Of(plan);

        CollectionAssert.AreEqual(
            new[]
            {
                "web may read a folder of yours, as /x",
                "web may read and change a folder of yours, as /x",
                "web gives files from /x back to you",
                "web/service may connect to example.org, port 80, 443",
                "web/service may connect to *.example.net, port 443",
                "web/service may call db/service at /sql (http)",
                "web/service is given the secret 'key'",
                "web/service may use 4096 bytes of memory",
                "web/service may use 1.5 processors",
                "it uses the graphics processor (required)",
            },
            asked.Select(p => p.Text).ToArray());
        Assert.AreEqual((Asked.Origin, Asked.Grant), (asked[3].Origin, asked[3].Grant));
    }

    [TestMethod]
    [DataRow(NetworkMode.Full, "web/service may connect to every public host")]
    [DataRow(NetworkMode.Host, "web/service uses the network of this machine as any program of yours does")]
    public void AWholeNetworkIsOneSentence(NetworkMode mode, string text)
    {
        var process = new ProcessPlan { Id = "web/service", Stage = ProcessStage.Service, Cwd = "/app", Network = new NetworkPlan { Mode = mode } };

        Assert.AreEqual(text, PermissionSummary.Of(Plan(process)).Single().Text);
    }

    private static MountPlan Mount(MountKind kind, MountAccess access) => new() { Id = "m", Kind = kind, Target = "/x", Access = access, Permission = Asked };

    private static LaunchPlan Plan(ProcessPlan process, params MountPlan[] mounts) => new()
    {
        Package = new PackageReference("capsule", "acme", "web", "1.0.0"),
        Cells = [new CellPlan { Id = "web", Mounts = mounts, Processes = [process] }],
    };
}
