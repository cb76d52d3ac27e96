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

    private SecretReference(string? variable, string? file) => (Variable, File) = (variable, file);

    public string? Variable { get; }

    public string? File { get; }

    public static SecretReference Environment(string variable) => new(variable, null);

    /// <summary>A file whose content, without one final line break, is the secret.</summary>
    public static SecretReference InFile(string path) => new(null, Path.GetFullPath(path));

    /// <summary>Reads the secret (CAP3203, CAP3207, CAP3208).</summary>
    /// <param name="what">What it should be, for messages: "the key's passphrase".</param>
    public Result<Secret> Read(string what)
    {
        if (Variable is not null)
        {
            var value = System.Environment.GetEnvironmentVariable(Variable);
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
