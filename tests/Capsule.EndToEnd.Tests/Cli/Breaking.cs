using System.Reflection;
using System.Reflection.Emit;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>What the system or a broken installation does to <c>capsule</c> is told in one line.</summary>
[TestClass]
public sealed class Breaking : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task WhereTheSystemRefuses()
    {
        _capsule.Write("file", "in the way");

        var explain = await _capsule.RunAsync("explain", "--pages", "file/codes");

        Assert.AreEqual(1, explain.ExitCode, explain.All);
        StringAssert.Contains(explain.Error, "error CAP9101: The system refused: ");
    }

    [TestMethod]
    public async Task WhereItsPartsDoNotFitTogether()
    {
        var program = CopyProgram();
        WriteEmptyAssembly("Capsule.Families");
        var manifest = _capsule.Write("kit/capability.yml", "version: '1'\n");

        var validate = await Command.RunAsync("dotnet", [program, "validate", manifest], _capsule.Folder, _capsule.Variables());
        _capsule.Environment["CAPSULE_DEBUG"] = "1";
        var again = await Command.RunAsync("dotnet", [program, "validate", manifest], _capsule.Folder, _capsule.Variables());

        Assert.AreEqual(1, validate.ExitCode, validate.All);
        StringAssert.Contains(validate.Error, "error CAP9199: Something broke inside capsule: TypeLoadException");
        Assert.IsFalse(validate.All.Contains("   at ", StringComparison.Ordinal), validate.All);
        StringAssert.Contains(again.Error, "   at Capsule.");
    }

    /// <summary>The command line itself is made from types of other parts.</summary>
    [TestMethod]
    public async Task WhereTheCommandLineCannotBeMade()
    {
        var program = CopyProgram();
        WriteEmptyAssembly("System.CommandLine");
        WriteEmptyAssembly("Capsule.Trust");

        foreach (var verb in new[] { "key", "--help" })
        {
            var run = await Command.RunAsync("dotnet", [program, verb], _capsule.Folder, _capsule.Variables());

            Assert.AreEqual(1, run.ExitCode, run.All);
            StringAssert.Contains(run.Error, "error CAP9199: Something broke inside capsule: ");
            Assert.IsFalse(run.All.Contains("   at ", StringComparison.Ordinal), run.All);
        }
    }

    private void WriteEmptyAssembly(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(1, 0, 0, 0) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name);
        assembly.Save(_capsule["program", name + ".dll"]);
    }

    private string CopyProgram()
    {
        var folder = Path.GetDirectoryName(CapsuleProgram.Program)!;
        Directory.CreateDirectory(_capsule["program"]);
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => f.EndsWith(".dll", StringComparison.Ordinal) || f.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)))
        {
            File.Copy(file, _capsule["program", Path.GetFileName(file)]);
        }

        return _capsule["program", "capsule.dll"];
    }
}
