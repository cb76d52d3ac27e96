using System.Reflection;

namespace Capsule.Cli;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>With the build's commit after a plus sign.</summary>
    public static string Full { get; } = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Without the build's commit.</summary>
    public static string Text => Full.Split('+')[0];
}
