namespace Capsule.Core.Diagnostics;

/// <summary>
/// What the MSBuild SDK refuses: CAP9000 to CAP9049 are said by the SDK's own target files (a test compares the texts),
/// from CAP9050 on by its tasks. The table stands here because the runner explains these codes too, and knows no task.
/// </summary>
public static class SdkDiagnostics
{
    public static readonly DiagnosticKind OldHost = new("CAP9001", Severity.Error,
        "Capsule.Sdk needs MSBuild 18.9 (.NET SDK 10.0.400); this is {0}.",
        "Update the .NET SDK or Visual Studio, or pin a newer SDK in global.json.");

    public static readonly DiagnosticKind FrameworkChosen = new("CAP9002", Severity.Error,
        "TargetFramework is set to '{0}', but a capsule project has none to choose.",
        "Leave out -f, --framework and -p:TargetFramework.");

    public static readonly DiagnosticKind ManyManifests = new("CAP9003", Severity.Error,
        "The project folder has more than one manifest: {0}.",
        "Set the property CapsuleManifest in the project to one of them.");

    public static readonly DiagnosticKind NoManifest = new("CAP9004", Severity.Error,
        "There is no manifest beside the project.",
        "Add capsule.toml, capability.yml, plugin.yaml, atom.toml or a *.wpk.yaml, or set the property CapsuleManifest to its path.");

    public static readonly DiagnosticKind KeyInProperty = new("CAP9005", Severity.Error,
        "A property holds a key or a password, and every build log holds the properties.",
        "Name a file (CapsuleKeyFile) or a variable (CapsuleKeyPassphraseVariable, CapsuleFeedKeyVariable) instead, and replace the key.");

    public static readonly DiagnosticKind ManifestMissing = new("CAP9006", Severity.Error,
        "CapsuleManifest names '{0}', which does not exist.",
        "Correct the property; its path is relative to the project.");

    public static readonly DiagnosticKind ManifestUnknown = new("CAP9007", Severity.Error,
        "'{0}' is not a manifest's name.",
        "Rename it to capsule.toml, capability.yml, plugin.yaml, atom.toml or something.wpk.yaml.");

    public static readonly DiagnosticKind NotBuilt = new("CAP9008", Severity.Error,
        "There is no '{0}', and --no-build forbids to make it.",
        "Build the same configuration first, or leave out --no-build.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind SwitchUnknown = new("CAP9020", Severity.Error,
        "A switch has a value that it does not know: {0}.",
        "Write true or false.");

    public static readonly DiagnosticKind OtherSdk = new("CAP9009", Severity.Warning,
        "The project asks for Capsule.Sdk {0}, and {1} is used: a build has one version, that of the project it loads first.",
        "Take the version out of every project and write it once into global.json, as \"Capsule.Sdk\" under \"msbuild-sdks\".");

    public static readonly DiagnosticKind NoRoomForOutput = new("CAP9010", Severity.Error,
        "The folder '{0}' for the build's intermediate files cannot be made.",
        "Make the project folder writable, or build into another one: dotnet build --artifacts-path FOLDER.");

    public static readonly DiagnosticKind EnvironmentLogged = new("CAP9050", Severity.Error,
        "MSBUILDLOGALLENVIRONMENTVARIABLES is set, so the build log would hold every secret of this process.",
        "Unset it; no step that reads a secret runs while it is set.");

    public static readonly DiagnosticKind FileUnusable = new("CAP9052", Severity.Error,
        "'{0}' could not be read or written: {1}",
        "Check that the disk has room and that the path may be written; nothing half-written was left behind.");

    public static readonly DiagnosticKind Unexpected = new("CAP9053", Severity.Error,
        "The task {0} failed in a way that is a defect of Capsule: {1}",
        "Report it with a log made by -bl; the log says where it happened.");

    public static readonly DiagnosticKind NoFeed = new("CAP9056", Severity.Error,
        "There is no feed to push to.",
        "Set CapsuleFeed to a folder or to the address of a NuGet v3 feed, in the publish profile, in the project or with -p:CapsuleFeed=.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind DependencyNotReferenced = new("CAP9060", Severity.Error,
        "The dependency '{0}' lies in '{1}', and the project refers to no project there, so nothing says that it is built first.",
        "Add <ProjectReference Include=\"{2}\" /> to {3}.");

    public static readonly DiagnosticKind DependencyMissing = new("CAP9061", Severity.Error,
        "The dependency '{0}' should lie in '{1}', and there is no manifest.",
        "Correct the path: it is relative to this manifest, and names the folder of the other manifest.");

    public static readonly DiagnosticKind NotSigned = new("CAP9058", Severity.Error,
        "No line of this file signs the release of '{0}'.",
        "Build again with CapsuleSign=true; the file belongs to another build.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind RunnerNotStarted = new("CAP9080", Severity.Error,
        "'{0}' could not be started to run the cases: {1}",
        "Check the property CapsuleRunner, and that the .NET host is where DOTNET_HOST_PATH says.");

    public static readonly DiagnosticKind SessionBroke = new("CAP9081", Severity.Error,
        "The test run ended with exit code {0} before it had told how its cases ended.{1}",
        "Run 'capsule test' on the project's folder to see what it says there.");

    public static readonly DiagnosticKind CasesFailed = new("CAP9082", Severity.Error,
        "{0} of the package's cases failed.",
        "Run it again with --logger \"console;verbosity=detailed\" to see each case.");
    public static readonly DiagnosticKind PackagePathTwice = new("CAP9062", Severity.Error,
        "Two CapsuleFile items are to become '{0}': '{1}' and '{2}'.",
        "Give each of them a PackagePath of its own.");

    public static readonly DiagnosticKind NoAtomToPublish = new("CAP9064", Severity.Error,
        "No atom is named to publish.",
        "Name drafts by their folders: dotnet publish -p:CapsulePublishAtoms=compositions/CLASS/SLUG@VERSION; a glob such as compositions/**/atom.toml names all.");
}
