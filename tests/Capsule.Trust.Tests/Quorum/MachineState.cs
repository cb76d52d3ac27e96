using Capsule.Core.Plans;
using Capsule.Tests;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class MachineState
{
    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("""{"packages":{},"policies":{},"schema":"capsule-trust-state/2"}""")]
    [DataRow("""{"packages":{"a/b":{"highest":"1","identities":{},"pins":[]}},"policies":{},"schema":"capsule-trust-state/1"}""")]
    [DataRow("""{"packages":{"a/b":{"highest":"1.0.0","identities":{"1.0.0":"x"},"pins":[]}},"policies":{},"schema":"capsule-trust-state/1"}""")]
    [DataRow("""{"packages":{"a/b":{"highest":"1.0.0","identities":{},"pins":["aGVsbG8="]}},"policies":{},"schema":"capsule-trust-state/1"}""")]
    [DataRow("""{"packages":{},"policies":{"p":"1"},"schema":"capsule-trust-state/1"}""")]
    [DataRow("""{"packages":{},"packages":{},"policies":{},"schema":"capsule-trust-state/1"}""")]
    public void ThatIsDamagedIsRefusedAndNeverStartedAnew(string text)
    {
        using var s = new TrustScenario();
        var file = s.Home.Write("trust-state.json", text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        s.Refuses("CAP3150", s.Verify(identity: TrustVector.Identity));
        Assert.AreEqual("CAP3150", new TrustStateFile(file).Accept(Verified("a", '0')).Diagnostics.Single().Code);
        Assert.AreEqual(text, File.ReadAllText(file));
    }

    [TestMethod]
    public void IsKeptForTheOwnerAlone()
    {
        using var s = new TrustScenario();
        s.Accept(identity: TrustVector.Identity);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(s.Home["trust-state.json"]));
    }

    [TestMethod]
    public void LosesNothingWhenManyAcceptAtOnce()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 40, i =>
        {
            var accepted = new TrustStateFile(folder["trust-state.json"]).Accept(Verified($"p{i}", '0'));
            Assert.IsTrue(accepted.Succeeded, accepted.Diagnostics.FirstOrDefault()?.Message);
        });
        Assert.HasCount(40, new TrustStateFile(folder["trust-state.json"]).Read().Value!.Packages);
    }

    [TestMethod]
    public void RefusesTheSecondOfTwoWhoAcceptOtherContents()
    {
        using var folder = new TemporaryFolder();
        var file = new TrustStateFile(folder["trust-state.json"]);
        Assert.IsTrue(file.Accept(Verified("a", '0')).Succeeded);
        Assert.AreEqual("CAP3134", file.Accept(Verified("a", '1')).Diagnostics.Single().Code);
        Assert.EndsWith("0", file.Read().Value!.Packages["acme/a"].Identities["1.0.0"]);
    }

    [TestMethod]
    public void IsWaitedForWhileAnotherHoldsItAndThenRefused()
    {
        using var folder = new TemporaryFolder();
        using var held = new FileStream(folder["trust-state.json.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.AreEqual("CAP3151", new TrustStateFile(folder["trust-state.json"], TimeSpan.FromMilliseconds(200)).Accept(Verified("a", '0')).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void ThatCannotBeWrittenAcceptsNothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        Assert.AreEqual("CAP3152", new TrustStateFile(folder["file/trust-state.json"]).Accept(Verified("a", '0')).Diagnostics.Single().Code);
    }

    private static VerifiedPackage Verified(string name, char identity) => new()
    {
        Package = new PackageReference("kit", "acme", name, "1.0.0", $"capsule-tree/1:{new string(identity, 64)}"),
        Basis = TrustBasis.Identity,
    };
}
