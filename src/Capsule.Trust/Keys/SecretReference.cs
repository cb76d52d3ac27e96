using System.Security.Cryptography;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>
/// Where a secret is, never the secret: the name of an environment variable, or a file that only its owner can read. The
/// process that needs it reads it itself, so that no log, argument or property ever holds it (specs: msbuild-sdk 5.4).
/// </summary>
public sealed record SecretReference
{
    private const int MaximumLength = 64 * 1024;

    private readonly Func<string, string?> _environment;

    private SecretReference(string? variable, string? file, Func<string, string?>? environment) =>
        (Variable, File, _environment) = (variable, file, environment ?? System.Environment.GetEnvironmentVariable);

    public string? Variable { get; }

    public string? File { get; }

    /// <param name="variable">The variable's name.</param>
    /// <param name="environment">Reads a variable, where the process's own environment is not the caller's; null for that one.</param>
    public static SecretReference Environment(string variable, Func<string, string?>? environment = null) => new(variable, null, environment);

    /// <summary>A file whose content, without one final line break, is the secret.</summary>
    public static SecretReference InFile(string path) => new(null, Path.GetFullPath(path), null);

    /// <summary>Reads the secret (CAP3203, CAP3207, CAP3208).</summary>
    /// <param name="what">What it should be, for messages: "the key's passphrase".</param>
    public Result<Secret> Read(string what)
    {
        if (Variable is not null)
        {
            var value = _environment(Variable);
            return string.IsNullOrEmpty(value) ? KeyDiagnostics.SecretMissing.Now(Variable, what) : Secret.FromText(value);
        }

        return ReadFile(File!, what);
    }

    private static Result<Secret> ReadFile(string path, string what)
    {
        byte[] bytes;
        try
        {
            bytes = PrivateFile.Read(path, MaximumLength);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return KeyDiagnostics.SecretFileUnreadable.Now(path, what, problem.Message);
        }

        var content = bytes.AsSpan();
        content = content.EndsWith("\n"u8) ? content[..^1] : content;
        content = content.EndsWith("\r"u8) ? content[..^1] : content;
        var secret = Secret.FromUtf8(content);
        var empty = content.IsEmpty;
        CryptographicOperations.ZeroMemory(bytes);
        return empty ? KeyDiagnostics.SecretFileUnreadable.Now(path, what, "it is empty") : secret;
    }
}
