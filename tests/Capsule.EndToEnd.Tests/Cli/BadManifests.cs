using System.Text;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>Manifests that nobody wrote in good faith: one coded error with a place, in a moment.</summary>
[TestClass]
public sealed class BadManifests : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    public static IEnumerable<(string Name, string File, string Text, string Code)> All =>
    [
        ("truncated", "capability.yml", "version: '1'\nname: \"hel", "CAP0910"),
        ("truncated", "capsule.toml", "schema_version = \"0.2\"\nname = \"hel", "CAP0931"),
        ("empty", "capability.yml", "", "CAP0911"),
        ("oversized", "capability.yml", "version: '1'\nname: " + new string('a', 17 << 20), "CAP0903"),
        ("oversized", "capsule.toml", "name = \"" + new string('a', 17 << 20) + "\"", "CAP0903"),
        ("deep", "capability.yml", "version: " + new string('[', 100_000), "CAP0920"),
        ("deep", "capsule.toml", "name = " + new string('[', 100_000), "CAP0942"),
        ("twice the same key", "capability.yml", "version: '1'\nname: a\nname: b\n", "CAP0913"),
        ("twice the same key", "capsule.toml", "name = \"a\"\nname = \"b\"\n", "CAP0939"),
        ("a billion laughs", "capability.yml", Laughs(), "CAP0921"),
        ("a merge key", "capability.yml", "version: &a {b: c}\nname:\n  <<: *a\n", "CAP0919"),
        ("an alias of itself", "capability.yml", "version: &a [*a]\n", "CAP0918"),
        ("an unknown alias", "capability.yml", "version: *a\n", "CAP0917"),
    ];

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task AreOneErrorEach(string name, string file, string code)
    {
        var text = All.Single(m => m.Name == name && m.File == file).Text;
        _capsule.Write($"project/{file}", text);

        var run = await _capsule.RunAsync(TimeSpan.FromSeconds(60), "validate", "project");

        run.Refused(1, code);
        CollectionAssert.AreEqual(new[] { code }, run.Errors().Distinct().ToArray(), $"{name}\n{run.Error[..Math.Min(run.Error.Length, 2000)]}");
        Assert.IsLessThan(4000, run.Error.Length, "a long line is not repeated to the reader");
        StringAssert.Contains(run.Error, $"project/{file}");
    }

    [TestMethod]
    public async Task ThatAreNoTextAreOneError()
    {
        _capsule.Write("project/capability.yml", "");
        await File.WriteAllBytesAsync(_capsule["project", "capability.yml"], [.. "name: "u8, 0xC3, 0x28]);

        await _capsule.RefusesAsync(1, "CAP0904", "validate", "project");
    }

    /// <summary>Nobody ever writes into these pipes.</summary>
    [TestMethod]
    public async Task ThatArePipesAreOneErrorAndNoWait()
    {
        Directory.CreateDirectory(_capsule["project"]);
        await Capsule.Tests.Command.RunAsync("mkfifo", [_capsule["project", "capsule.toml"], _capsule["pipe.capsule"], _capsule["pipe.pub"]]);

        (await _capsule.RunAsync(TimeSpan.FromSeconds(30), "validate", "project")).Refused(1, "CAP0905");
        (await _capsule.RunAsync(TimeSpan.FromSeconds(30), "run", "project")).Refused(1, "CAP0905");
        (await _capsule.RunAsync(TimeSpan.FromSeconds(30), "verify", "pipe.capsule")).Refused(4, "CAP2119");
        (await _capsule.RunAsync(TimeSpan.FromSeconds(30), "trust", "add", "a", "--match", "*", "--key", "pipe.pub")).Refused(5, "CAP3216");
    }

    [TestMethod]
    public async Task ThatDoNotExistAreNotFound()
    {
        Directory.CreateDirectory(_capsule["empty"]);
        var run = await _capsule.RunAsync("validate", "empty");
        Assert.AreNotEqual(0, run.ExitCode);
        Assert.HasCount(1, run.Errors(), run.All);
    }

    public static IEnumerable<object[]> Rows => All.Select(m => new object[] { m.Name, m.File, m.Code });

    private static string Laughs()
    {
        var text = new StringBuilder("a0: &a0 lol\n");
        for (var level = 1; level < 12; level++)
        {
            text.Append("a").Append(level).Append(": &a").Append(level).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 10)).Append("]\n");
        }

        return text.ToString();
    }
}
