using Capsule.Build.Tasks;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Tasks.Tests;

/// <summary>Keys and feed keys are named, never given; the task reads them itself.</summary>
[TestClass]
public class Secrets
{
    private const string Variable = "CAPSULE_TASKS_TESTS_PASSPHRASE";

    // The public key of the vector in specs: trust 2.
    private const string TrustedElsewhere =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET1lwRSHh6GdVrxhhWVooJtpw28fv1oUQTBKlGqqyLsrhvO7dCgquP7pYhBVWcn20pRgOsatRN3xOFsWiCu77EQ==";

    private const string Passphrase = "correct horse battery staple";

    [TestMethod]
    public void SignsWithAKeyOfTheStoreAndAPassphraseByName()
    {
        using var project = new Project();
        using var secret = Secret.FromText(Passphrase);
        Assert.IsTrue(KeyStore.In(project["home"]).Create("demo", KeyPurpose.Release, secret).Succeeded);
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        var task = new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", KeyIds = ["demo"], PassphraseVariable = Variable, Role = "release" };
        Assert.IsTrue(project.Run(task, ("CAPSULE_HOME", project["home"]), (Variable, Passphrase)), project.Engine.All);

        Assert.HasCount(1, SignatureLines.Read(File.ReadAllBytes(project["obj", "lines.jsonl"])).Value!.Lines);
        Assert.IsFalse(project.Engine.All.Contains(Passphrase, StringComparison.Ordinal));
        Assert.IsTrue(project.Run(new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" }), project.Engine.All);

        // A trust file that the project names has to be satisfied: here by a signer who never signed.
        File.WriteAllText(project["trust.toml"], $$"""
            version = 1
            expires = 2099-01-01T00:00:00Z
            [signers.someone]
            purpose = "release"
            keys = [{ algorithm = "ecdsa-p256", spki = "{{TrustedElsewhere}}" }]
            [[scope]]
            match = "acme/*"
            accept = ["ecdsa-p256"]
            roles.release = { signers = ["someone"], threshold = 1 }
            require = ["release"]

            """);
        var strict = new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", TrustFile = "trust.toml", Stamp = "obj/judged" };
        Assert.IsFalse(project.Run(strict, ("CAPSULE_HOME", project["home"])));
        StringAssert.StartsWith(project.Engine.Errors[0].Code, "CAP31", project.Engine.All);
        Assert.IsFalse(File.Exists(project["obj", "judged"]));

        File.WriteAllText(project["site", "index.html"], "another build");
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        Assert.IsFalse(project.Run(new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" }));
        Assert.AreEqual("CAP9058", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void SignsProvenanceAndSbomWithAKeyOfTheirOwnAndKeepsWhatOthersSigned()
    {
        using var project = new Project();
        using var secret = Secret.FromText(Passphrase);
        var store = KeyStore.In(project["home"]);
        Assert.IsTrue(store.Create("first", KeyPurpose.Release, secret).Succeeded && store.Create("second", KeyPurpose.Release, secret).Succeeded && store.Create("ci", KeyPurpose.Provenance, secret).Succeeded);
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        Assert.IsTrue(Sign("first", []), project.Engine.All);
        var alone = Lines();
        Assert.HasCount(1, alone);

        Assert.IsTrue(Sign("second", ["ci"]), project.Engine.All);
        var all = Lines();
        CollectionAssert.AreEqual(
            new[] { ReleasePredicate.Type, ReleasePredicate.Type, "https://slsa.dev/provenance/v1", "https://spdx.dev/Document" },
            all.Select(l => l.Statement!.PredicateType).ToArray());
        Assert.AreEqual(alone[0].Json, all[0].Json);

        Assert.IsFalse(Sign("ci", []));
        Assert.AreEqual("CAP3210", project.Engine.Errors.Single().Code);
        Assert.IsFalse(Sign("first", ["second"]));
        Assert.AreEqual("CAP3210", project.Engine.Errors.Single().Code);
        CollectionAssert.AreEqual(all.Select(l => l.Json).ToArray(), Lines().Select(l => l.Json).ToArray());

        bool Sign(string key, string[] provenance) => project.Run(
            new SignPackage
            {
                Container = "obj/hello.capsule",
                Signatures = "obj/lines.jsonl",
                KeyIds = [key],
                PassphraseVariable = Variable,
                ProvenanceKeyIds = provenance,
                ProvenancePassphraseVariable = Variable,
                Role = "release",
            },
            ("CAPSULE_HOME", project["home"]), (Variable, Passphrase));

        IReadOnlyList<SignatureLine> Lines() => SignatureLines.Read(File.ReadAllBytes(project["obj", "lines.jsonl"])).Value!.Lines;
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
