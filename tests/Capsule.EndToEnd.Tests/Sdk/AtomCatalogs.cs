using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A catalog of atoms as a project: incremental for each atom, errors on the line of atom.toml, publish by name.</summary>
[TestClass]
public sealed class AtomCatalogs
{
    private const string Spec = "compositions/design-spec/berth-request@1.0.0";
    private const string States = "compositions/controlled-vocabulary/berth-states@1.0.0";
    private const string Fingerprint = "d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9";

    [TestMethod]
    public async Task AreCheckedAtomByAtom()
    {
        using var catalog = await Scenario.CatalogAsync();
        (await catalog.Build()).Succeeds();
        var stamp = catalog["obj", "Debug", "atoms", States, "validated"];
        var checkedAt = File.GetLastWriteTimeUtc(stamp);
        Assert.IsTrue(await catalog.IsUpToDateAsync(), "A second build has nothing to do.");
        Assert.IsFalse(Directory.Exists(catalog["bin", "Debug"]) && Directory.EnumerateFiles(catalog["bin", "Debug"], "*.ca*").Any());

        catalog.Edit($"{Spec}/berth-request.md", "within an hour.", "within an hour. ");
        catalog.Edit("compositions/json-schema/berth-request-message@1.0.0/atom.toml", "2020-12", "2021-12");
        var wrong = await catalog.Rebuild();
        wrong.Fails().Says($"{Spec}/atom.toml(4,16").Says("error CAP0810: content_hash is").Says("atom.toml(13,18").Says("error CAP0812");
        Assert.AreEqual(checkedAt, File.GetLastWriteTimeUtc(stamp), "An atom that did not change is not read again.");

        // A change back; a warning stays said although nothing runs; a file that appears.
        catalog.Edit($"{Spec}/berth-request.md", "within an hour. ", "within an hour.");
        catalog.Edit("compositions/json-schema/berth-request-message@1.0.0/atom.toml", "2021-12", "2020-12");
        catalog.Edit($"{States}/atom.toml", "lifecycle ", "lifecycles = 1\nlifecycle ");
        (await catalog.Rebuild()).Succeeds().Says("warning CAP0821");
        (await catalog.Rebuild()).Succeeds().Says("warning CAP0821");
        catalog.Edit($"{States}/atom.toml", "lifecycles = 1\n", "");
        catalog.Write($"{States}/more.txt", "x\n");
        catalog.Age(States, "more.txt");
        (await catalog.Rebuild()).Fails().Says("'states.yaml' alone");
        File.Delete(catalog[States, "more.txt"]);

        var before = File.ReadAllText(catalog[Spec, "atom.toml"]);
        File.WriteAllText(catalog[Spec, "atom.toml"], System.Text.RegularExpressions.Regex.Replace(before, "content_hash = \"[0-9a-f]+\"", "content_hash = \"\""));
        (await catalog.Rebuild("-t:CapsuleCanonicalize")).Succeeds().Says("harbour-atoms/design-spec/berth-request@1.0.0 -> ");
        Assert.AreEqual(before, File.ReadAllText(catalog[Spec, "atom.toml"]));
    }

    [TestMethod]
    public async Task PublishTheDraftsThatAreNamed()
    {
        using var catalog = await Scenario.CatalogAsync();
        (await catalog.Dotnet("publish", "--nologo")).Fails().Says("error CAP9064");
        catalog.Edit("ATOMS.yml", "signing:", $"keys:\n  - {{id: k1, role: catalog-maintainer, algorithm: ML-DSA-65, fingerprint: {Fingerprint}, backend: plain, backend_ref: k1.pem}}\nsigning:");
        catalog.Write("../home/.atoms/config.toml", "[keys]\nallow_insecure = true\n[keys.backends.plain]\nkind = \"insecure-file\"\nfolder = \".\"\n");
        catalog.Write("../home/.atoms/k1.pem", "-----BEGIN PRIVATE KEY-----\nMDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n");
        var home = Path.GetFullPath(catalog["..", "home"]);
        var (name, arguments) = ("HOME", new[] { "publish", "--no-build", "--nologo", $"-p:CapsulePublishAtoms={States}" });
        (await catalog.Dotnet([(name, home)], arguments)).Fails().Says($"{States}/atom.toml").Says("error ATM5003");

        var signed = await Command.RunAsync("dotnet", [CapsuleProgram.Program, "atom", "sign", States, "--key", "k1"], catalog.Folder, new Dictionary<string, string?> { ["HOME"] = home });
        Assert.AreEqual(0, signed.ExitCode, signed.All);
        (await catalog.Dotnet([(name, home)], arguments)).Succeeds().Says("published: harbour-atoms/controlled-vocabulary/berth-states@1.0.0");
        StringAssert.Contains(File.ReadAllText(catalog[States, "atom.toml"]), "lifecycle    = \"published\"");
    }
}
