using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Capsule.Build.Tasks;
using Capsule.Tests;
using Capsule.Trust.Keys;

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

    [TestMethod]
    public void EveryTaskWorksBesideTheWrongFolderEnvironmentAndConsole()
    {
        using var project = new Project();
        using var decoy = new Project("this is not a manifest");
        using var secret = Secret.FromText(Passphrase);
        Assert.IsTrue(KeyStore.In(project["home"]).Create("demo", KeyPurpose.Release, secret).Succeeded);
        var before = Directory.GetFileSystemEntries(decoy[""], "*", SearchOption.AllDirectories);
        var told = new StringWriter();
        using (new Decoy(decoy[""], told))
        {
            foreach (var task in EveryTask.Of(project, Variable, Passphrase))
            {
                var done = project.Run(task, ("CAPSULE_HOME", project["home"]), (Variable, Passphrase));
                Assert.IsTrue(done, $"{task.GetType().Name}: {project.Engine.All}");
            }
        }

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
