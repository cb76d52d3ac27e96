using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>
/// Everything trust is decided from: the user's policy, policies that may only tighten it, and the machine's memory.
/// A tightening policy is a second lock on the same door: both must open, so it can never let in what the first keeps out.
/// </summary>
public sealed record TrustContext
{
    public required TrustPolicy Home { get; init; }

    /// <summary>The machine's policy and those named by a project.</summary>
    public IReadOnlyList<TrustPolicy> Tightening { get; init; } = [];

    public required TrustState State { get; init; }

    public required TrustStateFile StateFile { get; init; }

    internal IEnumerable<TrustPolicy> Policies => [Home, .. Tightening];

    internal IEnumerable<PublicKey> Keys => Policies.SelectMany(p => p.Signers.Values).SelectMany(s => s.Keys);

    internal DefaultRule Unknown => Policies.Any(p => p.Unknown == DefaultRule.Refuse) ? DefaultRule.Refuse : DefaultRule.Ask;

    /// <summary>Null when no file says: then only local files may be asked about.</summary>
    internal DefaultRule? Unsigned => Policies.Any(p => p.Unsigned == DefaultRule.Refuse) ? DefaultRule.Refuse : Home.Unsigned;

    /// <summary>The trust file of the machine, which its administrator writes: <c>/etc/capsule/trust.toml</c>. It can only tighten.</summary>
    public static string MachineFile { get; } = OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "capsule", "trust.toml")
        : "/etc/capsule/trust.toml";

    /// <summary>The user's trust file below a CAPSULE_HOME.</summary>
    public static string FileIn(string capsuleHome) => Path.Combine(capsuleHome, "trust.toml");

    /// <summary>
    /// Loads <c>trust.toml</c> and the state of a CAPSULE_HOME (no trust file is the built-in policy), the machine's file, and further files, each
    /// of which must exist. A version below one used before is refused, and a file with a root role that its root did not sign
    /// (CAP3100 to CAP3127, CAP3150).
    /// </summary>
    public static Result<TrustContext> Open(string capsuleHome, params IEnumerable<string> tightening) => Open(capsuleHome, MachineFile, tightening);

    /// <summary>The same with another place for the machine's file, which counts where it exists.</summary>
    internal static Result<TrustContext> Open(string capsuleHome, string machineFile, IEnumerable<string> tightening)
    {
        if (File.Exists(machineFile))
        {
            tightening = tightening.Prepend(machineFile);
        }

        var file = TrustStateFile.In(capsuleHome);
        var state = file.Read();
        if (!state.Succeeded)
        {
            return Result.Failed<TrustContext>(state.Diagnostics);
        }

        var home = Path.GetFullPath(FileIn(capsuleHome));
        var problems = new List<Diagnostic>();
        var policies = tightening.Select(Path.GetFullPath).Prepend(home)
            .Select(path => path == home && !File.Exists(home) && !state.Value.PolicyVersions.ContainsKey(home)
                ? TrustPolicy.BuiltIn
                : Load(path, state.Value, problems))
            .OfType<TrustPolicy>().ToArray();
        if (problems.Count > 0)
        {
            return Result.Failed<TrustContext>(problems);
        }

        var noted = file.Note(policies);
        return noted.Succeeded
            ? new TrustContext { Home = policies[0], Tightening = policies[1..], State = noted.Value, StateFile = file }
            : Result.Failed<TrustContext>(noted.Diagnostics);
    }

    private static TrustPolicy? Load(string path, TrustState state, List<Diagnostic> problems)
    {
        var read = TrustFileReader.Load(path);
        problems.AddRange(read.Diagnostics);
        if (read.Succeeded && state.PolicyVersions.TryGetValue(path, out var used) && read.Value.Version < used)
        {
            problems.Add(PolicyDiagnostics.WentBack.In(path, path, read.Value.Version, used));
        }
        else if (read.Succeeded)
        {
            problems.AddRange(PolicyRotation.Check(read.Value, state.Roots.GetValueOrDefault(path)));
        }

        return read.Value;
    }
}
