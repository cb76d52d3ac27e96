using Capsule.Core.Diagnostics;

namespace Capsule.Families.Capsules;

/// <summary>What can be wrong with a target of a <c>capsule.toml</c> (CAP0030 to CAP0059; specs: ato 1.3, 5.2).</summary>
internal static class CapsuleTargetDiagnostics
{
    public static readonly DiagnosticKind WebNeedsDriver = new("CAP0030", Severity.Error,
        "The web target '{0}' has no driver.", "Add driver = \"static\", \"node\", \"deno\" or \"python\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind DriverDoesNotFit = new("CAP0031", Severity.Error,
        "The driver '{0}' does not go with the runtime '{1}'.", "Drivers for '{1}': {2}.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind DriverRemoved = new("CAP0032", Severity.Error,
        "The driver 'browser_static' no longer exists.", "Write driver = \"static\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind RuntimeVersionMissing = new("CAP0033", Severity.Error,
        "The target '{0}' does not say which version of {1} it needs.", "Add runtime_version, for example runtime_version = \"{2}\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind RuntimeVersion = new("CAP0034", Severity.Error,
        "'{0}' is not a version of {1}.", "Write up to three numbers, for example \"{2}\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind PortMissing = new("CAP0035", Severity.Error,
        "The web target '{0}' has no port.", "Add port = 8080, or another port between 1 and 65535.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind PublicRemoved = new("CAP0036", Severity.Error,
        "'public' is not part of a web target.", "Remove it; let entrypoint name the folder that is served.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind EntrypointEmpty = new("CAP0037", Severity.Error,
        "The entrypoint of the target '{0}' is empty.", "Name the file or folder that the target starts from, relative to the project folder.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind EntrypointOutside = new("CAP0038", Severity.Error,
        "The entrypoint '{0}' leaves the project folder.", "Move it below the folder of capsule.toml and write a relative path with '/'.")
    { Aliases = ["ATO_ERR_POLICY_VIOLATION"] };

    public static readonly DiagnosticKind EntrypointNotFound = new("CAP0039", Severity.Error,
        "There is no '{0}' in the project folder.", "Correct the entrypoint, or build the file that it names first.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind EntrypointRemoved = new("CAP0040", Severity.Error,
        "'ato-entry.ts' is no longer an entrypoint.", "Use driver = \"static\" and let entrypoint name the folder, or name your own program.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind EntrypointNotPacked = new("CAP0041", Severity.Error,
        "The entrypoint '{0}' is not part of the package.", "Name it in pack.include by its own path, and see that pack.exclude does not match it. A path through a link does not count.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind EntrypointIsFolder = new("CAP0042", Severity.Error,
        "The entrypoint '{0}' is a folder; {1} needs a file.", "Name the file that {1} starts.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind WorkingFolder = new("CAP0043", Severity.Error,
        "The working_dir '{0}' is not a folder of the project.", "Name a folder below the project folder, with '/', or remove the line.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NoIndex = new("CAP0044", Severity.Warning,
        "'{0}' has no index.html, so its address shows nothing.", "Add an index.html, or let the entrypoint name the page to show.");

    public static readonly DiagnosticKind LockMissing = new("CAP0045", Severity.Error,
        "{0} declares dependencies, and there is no package-lock.json beside it.", "Run npm install --package-lock-only and keep the file with the project.")
    { Aliases = ["ATO_ERR_PROVISIONING_LOCK_INCOMPLETE"] };

    public static readonly DiagnosticKind EntrypointSpaces = new("CAP0046", Severity.Error,
        "The entrypoint '{0}' contains a space; it is one file, not a command line.", "Write the file only, and put the rest into cmd.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind PackageFile = new("CAP0047", Severity.Error,
        "package.json is not valid JSON.", "Correct it at this place.");

    public static readonly DiagnosticKind ImageMissing = new("CAP0048", Severity.Error,
        "The target '{0}' names no image.", "Add image = \"NAME:TAG\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind HealthCheck = new("CAP0049", Severity.Error,
        "The health_check '{0}' is not a path.", "Write a path that the server answers, starting with '/', for example \"/health\".");

    public static readonly DiagnosticKind NotAProgram = new("CAP0051", Severity.Error,
        "The entrypoint '{0}' is not a program.",
        "Name a 64-bit ELF program, or a script whose first line begins with #!. Without that line the name must end in .sh or .py.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind PythonLockMissing = new("CAP0052", Severity.Error,
        "{0} declares dependencies, and there is neither uv.lock nor requirements.txt beside it.",
        "Run uv lock, or write a requirements.txt with versions and hashes (pip-compile --generate-hashes), and keep the file with the project.")
    { Aliases = ["ATO_ERR_PROVISIONING_LOCK_INCOMPLETE"] };

    public static readonly DiagnosticKind PythonPackageNotPinned = new("CAP0053", Severity.Error,
        "The Python package '{0}' is not pinned to one version of a wheel with its SHA-256.",
        "Write NAME==VERSION --hash=sha256:… for it, or lock again; a package without a wheel has to be built into one first.")
    { Aliases = ["ATO_ERR_PROVISIONING_LOCK_INCOMPLETE"] };

    public static readonly DiagnosticKind PythonPackageSource = new("CAP0054", Severity.Error,
        "The Python package '{0}' comes from '{1}', which no hash covers.", "Take it from an index, or put its wheel (.whl) into the project and lock again.");

    public static readonly DiagnosticKind RequirementOption = new("CAP0055", Severity.Error,
        "'{0}' cannot stand in a requirements.txt that serves as a lock.", "Write each package on a line of its own, with version and hash.");

    public static readonly DiagnosticKind DenoLockMissing = new("CAP0056", Severity.Error,
        "The import '{0}' is fetched from elsewhere, and there is no deno.lock beside deno.json.", "Run deno install (or deno cache) once and keep deno.lock with the project.")
    { Aliases = ["ATO_ERR_PROVISIONING_LOCK_INCOMPLETE"] };

    public static readonly DiagnosticKind DenoLock = new("CAP0057", Severity.Error,
        "{0} is not a lock of Deno: {1}.", "Delete it and let deno write it again.");

    public static readonly DiagnosticKind PortConflict = new("CAP0050", Severity.Error,
        "PORT is '{0}', but the target's port is {1}.", "Write the same number in both, or only port: PORT is set from it.");
}
