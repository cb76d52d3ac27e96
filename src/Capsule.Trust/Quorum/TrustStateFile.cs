using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>
/// <c>CAPSULE_HOME/trust-state.json</c>: read whole, changed under a lock, replaced in one step. A damaged file is refused,
/// never silently started anew: it is what remembers that versions and identities must not go back.
/// </summary>
public sealed class TrustStateFile(string path, TimeSpan? lockTimeout = null)
{
    private const int MaximumLength = 64 * 1024 * 1024;

    private readonly TimeSpan _lockTimeout = lockTimeout ?? TimeSpan.FromSeconds(10);

    public string Path => path;

    /// <summary>The state of a CAPSULE_HOME.</summary>
    public static TrustStateFile In(string capsuleHome) => new(System.IO.Path.Combine(capsuleHome, "trust-state.json"));

    /// <summary>The state now; no file is an empty state (CAP3150).</summary>
    public Result<TrustState> Read()
    {
        try
        {
            return TrustStateText.Read(PrivateFile.Read(path, MaximumLength));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return TrustState.Empty;
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            return StateDiagnostics.Malformed.Now(path, problem.Message);
        }
    }

    /// <summary>
    /// Remembers an accepted package; call it when what was verified becomes visible. Checks again, under the lock, that
    /// nobody accepted other contents meanwhile (CAP3134, CAP3150 to CAP3152).
    /// </summary>
    public Result<TrustState> Accept(VerifiedPackage package) => Change(state => package.Remember(state));

    /// <summary>Remembers the versions of trust files that were used, and who may replace those that have a root.</summary>
    public Result<TrustState> Note(IEnumerable<TrustPolicy> policies)
    {
        var used = policies.Where(p => p.Version > 0).Select(p => (p.Path, p.Version, Root: PolicyRoot.Of(p))).ToArray();
        var now = Read();
        if (!now.Succeeded || used.All(u => IsNoted(now.Value, u.Path, u.Version, u.Root)))
        {
            return now;
        }

        return Change(state =>
        {
            var versions = new Dictionary<string, long>(state.PolicyVersions, StringComparer.Ordinal);
            var roots = new Dictionary<string, PolicyRoot>(state.Roots, StringComparer.Ordinal);
            foreach (var (file, version, root) in used.Where(u => !IsNoted(state, u.Path, u.Version, u.Root)))
            {
                versions[file] = Math.Max(version, versions.GetValueOrDefault(file));
                if (root is not null)
                {
                    roots[file] = root;
                }
            }

            return state with { PolicyVersions = versions, Roots = roots };
        });
    }

    private static bool IsNoted(TrustState state, string file, long version, PolicyRoot? root) =>
        state.PolicyVersions.GetValueOrDefault(file) >= version && (root is null || (state.Roots.TryGetValue(file, out var known) && known.Version >= version));

    private Result<TrustState> Change(Func<TrustState, Result<TrustState>> change)
    {
        try
        {
            PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            using var held = Lock();
            if (held is null)
            {
                return StateDiagnostics.Locked.Now(path);
            }

            var now = Read();
            var next = now.Succeeded ? change(now.Value) : now;
            if (next.Succeeded)
            {
                PrivateFile.Write(path, TrustStateText.Write(next.Value), replace: true);
            }

            return next;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StateDiagnostics.NotWritten.Now(path, problem.Message);
        }
    }

    private FileStream? Lock()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path + ".lock") && clock.Elapsed < _lockTimeout)
            {
                Thread.Sleep(20);
            }
            catch (IOException) when (File.Exists(path + ".lock"))
            {
                return null;
            }
        }
    }
}
