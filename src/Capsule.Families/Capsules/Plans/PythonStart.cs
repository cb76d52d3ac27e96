using Capsule.Core.Plans;
using Capsule.Families.Capsules.Python;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// A Python program: the machine's interpreter and, when a lock names packages, an environment of its own that a step before the
/// start makes. The environment lies in the cache, named after the lock, so that it is made once.
/// </summary>
internal static class PythonStart
{
    private const string Interpreter = "python3";

    private static readonly string Installer = ReadInstaller();

    /// <param name="toolchain">Which interpreter.</param>
    /// <param name="program">The entrypoint inside the sandbox, with its arguments; or the author's own words after <c>python</c>.</param>
    /// <param name="packages">What to install; null for nothing.</param>
    public static StartCommand Of(ToolchainPlan toolchain, IReadOnlyList<string> program, PythonPackages? packages)
    {
        var env = new Dictionary<string, string>
        {
            // Lines must reach the log when they are printed, and the package's folder is read-only.
            ["PYTHONUNBUFFERED"] = "1",
            ["PYTHONPYCACHEPREFIX"] = $"{PrivateFolders.Cache}/pycache",
        };
        if (packages is null)
        {
            return new([Interpreter, .. program]) { Toolchain = toolchain, Env = env };
        }

        var environment = $"{PrivateFolders.Cache}/python-{packages.Digest}";
        env["VIRTUAL_ENV"] = environment;
        env["PATH"] = $"{environment}/bin:/usr/local/bin:/usr/bin:/bin";
        env["PIP_CACHE_DIR"] = $"{PrivateFolders.Cache}/pip";

        // The environment's own interpreter comes first on PATH; it is the toolchain that the step before chose.
        return new([$"{environment}/bin/{Interpreter}", .. program])
        {
            Env = env,
            Prepare = new PrepareCommand(toolchain, [Interpreter, "-I", "-c", Installer, AppFolder.Path(packages.Lock), environment], packages.FromIndex),
        };
    }

    private static string ReadInstaller()
    {
        using var stream = typeof(PythonStart).Assembly.GetManifestResourceStream("Capsule.Families.Capsules.Python.install.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
