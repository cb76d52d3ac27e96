using Capsule.Build.Tasks;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Tasks.Tests;

/// <summary>Keys and feed keys are named, never given; the task reads them itself.</summary>
[TestClass]
[DoNotParallelize]
public class Secrets
{
    private const string Variable = "CAPSULE_TASKS_TESTS_PASSPHRASE";
    private const string Passphrase = "correct horse battery staple";

    [TestMethod]
    public void SignsWithAKeyOfTheStoreAndAPassphraseByName()
    {
        using var project = new Project();
        using var secret = Secret.FromText(Passphrase);
        Assert.IsTrue(KeyStore.In(project["home"]).Create("demo", KeyPurpose.Release, secret).Succeeded);
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        Environment.SetEnvironmentVariable(Variable, Passphrase);
        try
        {
            var task = new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", KeyIds = ["demo"], PassphraseVariable = Variable, Role = "release" };
            Assert.IsTrue(project.Run(task, ("CAPSULE_HOME", project["home"]), (Variable, Passphrase)), project.Engine.All);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        Assert.HasCount(1, SignatureLines.Read(File.ReadAllBytes(project["obj", "lines.jsonl"])).Value!.Lines);
        Assert.IsFalse(project.Engine.All.Contains(Passphrase, StringComparison.Ordinal));
        Assert.IsTrue(project.Run(new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" }), project.Engine.All);

        File.WriteAllText(project["site", "index.html"], "another build");
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        Assert.IsFalse(project.Run(new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" }));
        Assert.AreEqual("CAP9058", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void NoStepThatReadsASecretRunsWhileTheEnvironmentIsLogged()
    {
        using var project = new Project();
        foreach (var task in new CapsuleTask[]
        {
            new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", KeyIds = ["demo"], Role = "release" },
            new PushPackage { Package = "x.nupkg", Feed = "feed", KeyVariable = Variable },
        })
        {
            Assert.IsFalse(project.Run(task, ("MSBUILDLOGALLENVIRONMENTVARIABLES", "1")));
            Assert.AreEqual("CAP9050", project.Engine.Errors.Single().Code);
        }
    }

    [TestMethod]
    public void SigningAndPushingSayWhatIsNotNamed()
    {
        using var project = new Project();
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);

        Assert.IsFalse(project.Run(new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Role = "release" }));
        StringAssert.StartsWith(project.Engine.Errors.Single().Code, "CAP32");

        Assert.IsFalse(project.Run(new PushPackage { Package = "x.nupkg" }));
        Assert.AreEqual("CAP9056", project.Engine.Errors.Single().Code);
    }
}
