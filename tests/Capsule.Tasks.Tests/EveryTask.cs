using Capsule.Build.Tasks;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>One of each task, set up to succeed after those before it.</summary>
internal static class EveryTask
{
    /// <param name="project">The project; a key called demo is in its home.</param>
    /// <param name="variable">The variable with that key's passphrase.</param>
    /// <param name="passphrase">The passphrase, without which the host of the cases says nothing.</param>
    public static IReadOnlyList<CapsuleTask> Of(Project project, string variable, string passphrase)
    {
        Directory.CreateDirectory(project["feed"]);
        File.WriteAllText(project["host"], $"#!/bin/sh\n[ \"${variable}\" = '{passphrase}' ] && echo '{{\"ended\":{{\"passed\":1,\"failed\":0}}}}'\n");
        File.SetUnixFileMode(project["host"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var atom = project["catalog", "compositions", "regex-spec", "a@1.0.0"];
        Directory.CreateDirectory(atom);
        File.WriteAllText(project["catalog", "ATOMS.yml"], "name: acme\natom_types: [regex-spec]\nspec_version: atoms-spec/v1.1.0\n");
        File.WriteAllText(Path.Combine(atom, "spec.md"), "a*\n");
        File.WriteAllText(Path.Combine(atom, "atom.toml"), "id = \"acme/regex-spec/a\"\nversion = \"1.0.0\"\nlifecycle = \"draft\"\ncreated_at = 2026-05-24T00:00:00Z\n[spec]\nclass = \"regex-spec\"\nasset = \"spec.md\"\n");
        CapsuleTask[] tasks =
        [
            project.Validate(),
            new ReplayDiagnostics { DiagnosticsFile = "obj/diagnostics.json" },
            project.CheckLock(),
            project.Assemble(),
            new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", KeyIds = ["demo"], PassphraseVariable = variable, Role = "release" },
            new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" },
            new PackEnvelope { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Publisher = "acme", Version = "1.0.0", OutputFolder = "bin/", PackedList = "obj/packed.list" },
            new PushPackage { Package = "bin/acme.hello.1.0.0.nupkg", Feed = "feed", KeyVariable = variable },
            new ValidateAtoms { Catalog = "catalog/ATOMS.yml", Atoms = ["catalog/compositions/regex-spec/a@1.0.0/atom.toml"], StampFolder = "obj/atoms" },
            new CanonicalizeAtoms { Catalog = "catalog/ATOMS.yml", Atoms = ["catalog/compositions/regex-spec/a@1.0.0/atom.toml"] },
            new RunCases { Dotnet = project["host"], Runner = "runner.dll", Manifest = "capsule.toml", DisplayName = "hello", ResultsFolder = "out" },
        ];
        CollectionAssert.AreEquivalent(
            typeof(CapsuleTask).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsAssignableTo(typeof(ITask))).ToArray(),
            tasks.Select(t => t.GetType()).ToArray(),
            "A task is missing here.");
        return tasks;
    }
}
