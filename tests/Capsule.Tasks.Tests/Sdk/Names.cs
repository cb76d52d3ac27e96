using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Capsule.Tasks.Tests.Sdk;

/// <summary>XML has no compiler: a misspelled name is an empty text. So every name that is read must be one that somebody sets.</summary>
[TestClass]
public partial class Names
{
    /// <summary>Set by MSBuild itself or taken from the environment.</summary>
    private static readonly string[] BuiltIn =
    [
        "MSBuildVersion", "MSBuildThisFileDirectory", "MSBuildProjectDirectory", "MSBuildProjectFullPath", "MSBuildProjectFile",
        "MSBuildToolsPath", "MSBuildExtensionsPath", "MSBuildAllProjects", "DOTNET_HOST_PATH", "SOURCE_DATE_EPOCH",
    ];

    /// <summary>Names under which people would put a secret; read only to refuse it (CAP9005).</summary>
    internal static readonly string[] Refused = ["CapsuleSigningKey", "CapsuleKey", "CapsuleKeyPassword", "CapsuleFeedKey"];

    private static readonly Lazy<HashSet<string>> Microsofts = new(ReadMicrosofts);

    [TestMethod]
    public void EveryPropertyThatIsReadIsSetSomewhere()
    {
        var known = SdkFiles.PropertiesSet.Concat(BuiltIn).Concat(Refused).Concat(Documentation.Properties).ToHashSet();

        Assert.AreEqual("", Unknown(SdkFiles.PropertiesRead, known));
    }

    [TestMethod]
    public void EveryItemThatIsReadIsSetSomewhere()
    {
        Assert.AreEqual("", Unknown(SdkFiles.ItemsRead, SdkFiles.ItemsSet.Concat(Documentation.Items).ToHashSet()));
    }

    [TestMethod]
    public void EveryPrivateNameThatIsSetIsRead()
    {
        var read = SdkFiles.PropertiesRead.Concat(SdkFiles.ItemsRead).ToHashSet();

        var unread = SdkFiles.PropertiesSet.Concat(SdkFiles.ItemsSet).Where(n => n.StartsWith("_Capsule", StringComparison.Ordinal) && !read.Contains(n));

        Assert.AreEqual("", string.Join(", ", unread.Distinct()));
    }

    private static string Unknown(IEnumerable<string> read, HashSet<string> known) =>
        string.Join(", ", read.Where(name => !known.Contains(name) && (name.Contains("Capsule", StringComparison.Ordinal) || !Microsofts.Value.Contains(name))).Order());

    /// <summary>Every word of the .NET SDK's own build files.</summary>
    private static HashSet<string> ReadMicrosofts()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.EnumerateFiles(Path.Combine(dotnet, "sdk"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal))
            .SelectMany(f => Word().Matches(File.ReadAllText(f)).Select(m => m.Value))
            .ToHashSet();
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]+")]
    private static partial Regex Word();
}
