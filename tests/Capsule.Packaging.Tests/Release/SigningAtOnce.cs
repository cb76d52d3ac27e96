using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Distribution.Release;
using Capsule.Packaging.Tests.Containers;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Packaging.Tests.Release;

[TestClass]
public class SigningAtOnce
{
    [TestMethod]
    public async Task LosesNobodysLine()
    {
        using var project = Project.Small();
        var container = (await project.PackAsync()).Path;
        var roles = Enumerable.Range(0, 12).Select(n => n % 2 == 0 ? "release" : "security").ToArray();
        var signed = await Task.WhenAll(roles.Select(role => Task.Run(() => SignAsync(container, role))));

        Assert.IsTrue(signed.All(s => s.Succeeded), string.Join(' ', signed.SelectMany(s => s.Diagnostics).Select(d => d.Message)));
        var lines = SignatureLines.Read(File.ReadAllBytes(container + SignatureLines.Suffix)).Value!.Lines;
        CollectionAssert.AreEquivalent(roles, lines.Select(l => l.Release!.Role).ToArray());
        Assert.IsFalse(File.Exists(container + SignatureLines.Suffix + ".lock"));
    }

    [TestMethod]
    public async Task GivesUpWhenAnotherDoesNotEnd()
    {
        using var project = Project.Small();
        var container = (await project.PackAsync()).Path;
        using var turn = WriteTurn.Take(container + SignatureLines.Suffix, TimeSpan.Zero);
        var signed = await SignAsync(container, "release", TimeSpan.Zero);

        Assert.AreEqual("CAP4105", signed.Diagnostics.Single().Code);
        Assert.IsFalse(File.Exists(container + SignatureLines.Suffix));
    }

    private static async Task<Result<SignatureLines>> SignAsync(string container, string role, TimeSpan? patience = null)
    {
        using var signer = new MemorySigner(SignatureAlgorithms.EcdsaP256);
        return await ContainerSigner.SignAsync(
            new SignContainerRequest(container, container + SignatureLines.Suffix, [new RoleSigner(signer, role)]) { Patience = patience ?? TimeSpan.FromMinutes(1) },
            CancellationToken.None);
    }
}
