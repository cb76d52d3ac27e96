using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Capsule.Build.Tasks;
using Capsule.Tests;
using Capsule.Trust.Keys;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>
/// With -mt many projects share a process: its current folder, its environment, its console and its statics belong to none
/// of them (specs: msbuild-sdk 4).
/// </summary>
[TestClass]
[DoNotParallelize]
public partial class Sharing
{
    private const string Variable = "CAPSULE_TASKS_TESTS_SHARED";
    private const string Passphrase = "correct horse battery staple";

    private static IEnumerable<Type> Tasks =>
        typeof(CapsuleTask).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsAssignableTo(typeof(ITask)));

    [TestMethod]
    public void EveryTaskWorksBesideTheWrongFolderEnvironmentAndConsole()
    {
        using var project = new Project();
        using var decoy = new Project("this is not a manifest");
        using var secret = Secret.FromText(Passphrase);
        Assert.IsTrue(KeyStore.In(project["home"]).Create("demo", KeyPurpose.Release, secret).Succeeded);
        Directory.CreateDirectory(project["feed"]);
        var before = Directory.GetFileSystemEntries(decoy[""], "*", SearchOption.AllDirectories);
        File.WriteAllText(project["host"], $"#!/bin/sh\n[ \"${Variable}\" = '{Passphrase}' ] && echo '{{\"ended\":{{\"passed\":1,\"failed\":0}}}}'\n");
        File.SetUnixFileMode(project["host"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var told = new StringWriter();
        var ran = new List<string>();
        using (new Decoy(decoy[""], told))
        {
            foreach (var task in EveryTask(project))
            {
                var done = project.Run(task, ("CAPSULE_HOME", project["home"]), (Variable, Passphrase));
                Assert.IsTrue(done, $"{task.GetType().Name}: {project.Engine.All}");
                ran.Add(task.GetType().Name);
            }
        }

        CollectionAssert.AreEquivalent(Tasks.Select(t => t.Name).ToArray(), ran, "A task is missing in this test.");
        Assert.AreEqual("", told.ToString());
        // NuGet's client reads its own settings below the HOME of the process.
        Assert.AreEqual("", string.Join('\n', Directory.GetFileSystemEntries(decoy[""], "*", SearchOption.AllDirectories).Except(before).Where(f => !f.StartsWith(decoy[".nuget"], StringComparison.Ordinal))));
        foreach (var made in new[] { "obj/validated", "obj/hello.capsule", "obj/verified", "obj/lines.jsonl", "bin/acme.hello.1.0.0.nupkg", "feed/acme.hello.1.0.0.nupkg" })
        {
            Assert.IsTrue(File.Exists(project[made]), made);
        }
    }

    [TestMethod]
    public void NoTaskAsksTheProcess()
    {
        foreach (var file in Checkout.Sources("src/Capsule.Build.Tasks", "*.cs"))
        {
            Assert.AreEqual("", Forbidden().Match(File.ReadAllText(file)).Value, file);
        }
    }

    [TestMethod]
    public void NothingThatCanChangeIsStatic()
    {
        var changing = typeof(CapsuleTask).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f is { IsInitOnly: false, IsLiteral: false });

        Assert.AreEqual("", string.Join(", ", changing.Select(f => $"{f.DeclaringType}.{f.Name}")));
    }

    /// <summary>Each task once, in an order in which each finds what it needs.</summary>
    private static IEnumerable<CapsuleTask> EveryTask(Project project) =>
    [
        project.Validate(),
        new ReplayDiagnostics { DiagnosticsFile = "obj/diagnostics.json" },
        new CheckLock { Manifest = "capsule.toml", LockFile = "capproj.lock", SdkVersion = "1.0.0", DiagnosticsFile = "obj/lock.json", Stamp = "obj/locked" },
        project.Assemble(),
        new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", KeyIds = ["demo"], PassphraseVariable = Variable, Role = "release" },
        new VerifyPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Stamp = "obj/verified" },
        new PackEnvelope { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Publisher = "acme", Version = "1.0.0", OutputFolder = "bin/", PackedList = "obj/packed.list" },
        new PushPackage { Package = "bin/acme.hello.1.0.0.nupkg", Feed = "feed", KeyVariable = Variable },
        new RunCases { Dotnet = project["host"], Runner = "runner.dll", Project = "Hello.capproj", Manifest = "capsule.toml", DisplayName = "hello", ResultsFolder = "out" },
    ];

    [GeneratedRegex(@"(?<!Task)Environment\.(?!GetFolderPath|SpecialFolder|Environment)\w*(Environment|Current|Exit|Expand)\w*|Path\.GetFullPath\([^,()]*\)|GetCurrentDirectory|SetCurrentDirectory|\bConsole\.|Process\.Start")]
    private static partial Regex Forbidden();

    /// <summary>A process whose folder, environment and console are another project's.</summary>
    private sealed class Decoy : IDisposable
    {
        private readonly string _folder = Directory.GetCurrentDirectory();
        private readonly TextWriter _output = Console.Out;
        private readonly Dictionary<string, string?> _environment = new[] { "CAPSULE_HOME", "HOME", Variable }.ToDictionary(n => n, Environment.GetEnvironmentVariable);

        public Decoy(string folder, TextWriter output)
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Environment.SetEnvironmentVariable("CAPSULE_HOME", folder);
            Environment.SetEnvironmentVariable("HOME", folder);
            Environment.SetEnvironmentVariable(Variable, "another project's passphrase");
        }

        public void Dispose()
        {
            Directory.SetCurrentDirectory(_folder);
            Console.SetOut(_output);
            foreach (var (name, value) in _environment)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
