using System.Text;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.StandIns;

/// <summary>
/// The settings by which package managers find the registry of one scope, in the private home of a workload: a line of
/// <c>.npmrc</c>, and a <c>.bunfig.toml</c> where the workload has none of its own. The home outlives the run, so they come and go.
/// Nothing is followed: what lies there was written by the workload.
/// </summary>
internal static class ScopeSettings
{
    private const int LargestFile = 1 << 20;
    private const string Npm = ".npmrc";
    private const string Bun = ".bunfig.toml";
    private const string Mark = "# Written by capsule; it comes and goes with the packages that are offered.";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes the home's settings name our registry for these scopes, and for no other.</summary>
    /// <param name="home">The workload's.</param>
    /// <param name="scopes">With their sign.</param>
    /// <param name="root">The registry's address for what it offers.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(HeldFolder home, IReadOnlyList<string> scopes, Uri root)
    {
        var old = Read(home, Npm);
        string[] own = [.. scopes.Select(scope => $"{scope}:registry={root}")];
        string[] kept = [.. (old ?? "").Split('\n').Where(line => !IsOurs(line))];
        var text = string.Join('\n', kept).TrimEnd('\n');
        Put(home, Npm, old, own.Length + text.Length == 0 ? null : string.Concat((text.Length == 0 ? own : [text, .. own]).Select(line => line + "\n")));

        var bun = Read(home, Bun);
        if (bun is null || bun.StartsWith(Mark, StringComparison.Ordinal))
        {
            Put(home, Bun, bun, scopes.Count == 0 ? null : $"{Mark}\n[install.scopes]\n{string.Concat(scopes.Select(s => $"\"{s}\" = \"{root}\"\n"))}");
        }
    }

    /// <summary>True when a folder's own settings, or those that the workload made in its home, say where a scope is.</summary>
    public static bool Names(HeldFolder folder, string scope) =>
        (Read(folder, Npm) ?? "").Split('\n').Any(line => line.TrimStart().StartsWith($"{scope}:registry", StringComparison.Ordinal) && !IsOurs(line))
        || new[] { "bunfig.toml", Bun }.Select(name => Read(folder, name)).Any(text => text is not null && !text.StartsWith(Mark, StringComparison.Ordinal) && MapsInToml(text, scope));

    /// <summary>A regular file of sensible size, or null.</summary>
    public static string? Read(HeldFolder folder, string name)
    {
        if (folder.OpenFile(name) is not { } file)
        {
            return null;
        }

        using (file.Handle)
        {
            var bytes = new byte[Math.Min(file.Length, LargestFile)];
            return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file.Handle, bytes, 0));
        }
    }

    private static bool IsOurs(string line) => line.Contains($":registry={StandInRegistry.Root}", StringComparison.Ordinal);

    /// <summary>Written with or without the sign, in a table or inline; what only mentions it in a comment does not count.</summary>
    private static bool MapsInToml(string text, string scope) => text.Split('\n')
        .Select(line => line.Split('#')[0])
        .Any(line => line.Contains($"\"{scope}\"", StringComparison.Ordinal) || line.TrimStart().StartsWith(scope[1..], StringComparison.Ordinal) || line.Contains($"'{scope}'", StringComparison.Ordinal));

    private static void Put(HeldFolder home, string name, string? old, string? text)
    {
        if (text == old)
        {
            return;
        }

        if (text is null)
        {
            home.RemoveFile(name);
            return;
        }

        var fresh = $"{name}.{Guid.NewGuid():N}";
        using (var file = home.CreateFile(fresh, Readable))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, Readable);
            }
        }

        home.Rename(fresh, name, replace: true);
    }
}
