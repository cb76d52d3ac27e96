using System.Text.RegularExpressions;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Where npm would fetch a package from, read from npm's own settings in npm's order: environment, user file, global
/// file, then npm itself. No registry's address is written in our code.
/// </summary>
public sealed partial class NpmSettings
{
    private readonly Dictionary<string, string> _values;

    private NpmSettings(Dictionary<string, string> values) => _values = values;

    /// <summary>The registry for packages without a scope; null when none is configured.</summary>
    public Uri? Registry => Address("registry");

    /// <summary>The certificate authorities that npm is told to trust, or null.</summary>
    public string? CaFile => _values.GetValueOrDefault("cafile");

    /// <summary>Reads the settings of this user on this machine.</summary>
    public static async Task<NpmSettings> ReadAsync(CancellationToken cancel)
    {
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        var settings = Read(environment, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ["/usr/etc/npmrc", "/usr/local/etc/npmrc", "/etc/npmrc"]);
        if (settings.Registry is null && await NpmProgram.AskAsync("registry", cancel) is { } answer)
        {
            settings._values["registry"] = answer;
        }

        return settings;
    }

    /// <summary>Reads environment and files only.</summary>
    /// <param name="environment">Variables; names are compared without regard to case.</param>
    /// <param name="home">The user's home folder.</param>
    /// <param name="globalFiles">Where the global file may be; the first that exists counts.</param>
    internal static NpmSettings Read(IReadOnlyDictionary<string, string> environment, string home, IReadOnlyList<string> globalFiles)
    {
        var variables = new Dictionary<string, string>(environment, StringComparer.OrdinalIgnoreCase);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var global = variables.GetValueOrDefault("npm_config_globalconfig") ?? globalFiles.FirstOrDefault(File.Exists);
        var user = variables.GetValueOrDefault("npm_config_userconfig") ?? Path.Combine(home, ".npmrc");
        foreach (var file in new[] { global, user })
        {
            if (file is not null && File.Exists(file))
            {
                AddFile(values, File.ReadLines(file), variables);
            }
        }

        foreach (var (name, value) in variables.Where(v => v.Key.StartsWith("npm_config_", StringComparison.OrdinalIgnoreCase) && v.Value.Length > 0))
        {
            var key = name["npm_config_".Length..];
            values[key.StartsWith("//", StringComparison.Ordinal) ? key : key.ToLowerInvariant().Replace('_', '-')] = value;
        }

        return new NpmSettings(values);
    }

    /// <summary>The registry that serves a package; its scope may have one of its own.</summary>
    public Uri? RegistryOf(string package) =>
        package.StartsWith('@') && Address(package.Split('/')[0] + ":registry") is { } scoped ? scoped : Registry;

    /// <summary>True when a host and port are those of a registry that the user has configured, for all packages or for a scope.</summary>
    public bool Names(string host, int port) =>
        _values.Keys.Where(k => k is "registry" || k.EndsWith(":registry", StringComparison.Ordinal)).Select(Address)
            .Any(a => a is not null && a.Port == port && a.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bearer token for an address: that of the longest configured prefix of it (<c>//host/path/:_authToken</c>).</summary>
    public string? TokenFor(Uri address)
    {
        var place = $"//{address.Authority}{address.AbsolutePath}";
        return _values
            .Where(v => v.Key.EndsWith(":_authToken", StringComparison.Ordinal)
                && place.StartsWith(v.Key[..^":_authToken".Length].TrimEnd('/') + "/", StringComparison.Ordinal))
            .OrderByDescending(v => v.Key.Length)
            .Select(v => v.Value)
            .FirstOrDefault();
    }

    private Uri? Address(string key) =>
        Uri.TryCreate(_values.GetValueOrDefault(key)?.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : null;

    private static void AddFile(Dictionary<string, string> values, IEnumerable<string> lines, Dictionary<string, string> variables)
    {
        foreach (var line in lines.Select(l => l.Trim()))
        {
            var cut = line.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var value = line[(cut + 1)..].Trim().Trim('"');
            values[line[..cut].Trim()] = Variable().Replace(value, m => variables.GetValueOrDefault(m.Groups[1].Value, m.Value));
        }
    }

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Variable();
}
