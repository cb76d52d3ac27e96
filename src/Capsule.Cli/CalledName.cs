using System.Text;

namespace Capsule.Cli;

/// <summary>
/// The name that the program was called by. A link to it keeps its own name; where there is no link (a script that starts the program,
/// a system whose links do not tell), the variable CAPSULE_CALLED_AS says it.
/// </summary>
internal static class CalledName
{
    public const string Variable = "CAPSULE_CALLED_AS";

    /// <summary>Without folder and extension.</summary>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } said)
        {
            // What this program starts is not called so.
            Environment.SetEnvironmentVariable(Variable, null);
            return said;
        }

        return Path.GetFileNameWithoutExtension(OfProcess());
    }

    /// <summary>The first word of the command line as the system has it: the runtime gives the path of the assembly instead.</summary>
    private static string OfProcess()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[0] : Environment.ProcessPath ?? "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
