using System.Reflection;
using System.Security.Cryptography;

namespace Capsule.Runtime.Sandbox;

/// <summary>Where the init binary stands, and whether it is the one this runner was built with.</summary>
internal static class InitBinary
{
    private const string Name = "capsule-init";

    public static string Expected => Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", Name);

    /// <summary>Beside the runner's assembly, as a package ships it or as a build leaves it.</summary>
    public static string? Find() => new[] { Expected, Path.Combine(AppContext.BaseDirectory, Name) }.FirstOrDefault(File.Exists);

    /// <summary>
    /// Makes the file executable for every user, because cells run under other ids than its owner's. NuGet unpacks files
    /// without that bit. False when the file is not ours to change.
    /// </summary>
    public static bool LetAllExecute(string path)
    {
        const UnixFileMode Wanted = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.GroupRead | UnixFileMode.OtherExecute | UnixFileMode.OtherRead;
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & Wanted) == Wanted)
        {
            return true;
        }

        try
        {
            File.SetUnixFileMode(path, mode | Wanted);
            return true;
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>The way in which the file differs from the hash written into this assembly; null when it does not, or none was written.</summary>
    public static string? Difference(string path)
    {
        var wanted = typeof(InitBinary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "CapsuleInitSha256")?.Value;
        if (string.IsNullOrEmpty(wanted))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(file));
        return found == wanted ? null : $"its SHA-256 is {found}, not {wanted}";
    }
}
