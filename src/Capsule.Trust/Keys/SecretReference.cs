using System.Security.Cryptography;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>
/// Where a secret is, never the secret: the name of an environment variable, a file that only its owner can read, a file descriptor, or a person
/// at a terminal. The process that needs it reads it itself, so that no log, argument or property ever holds it (specs: msbuild-sdk 5.4).
/// </summary>
public sealed record SecretReference
{
    private const int MaximumLength = 64 * 1024;

    private readonly Func<string, string?> _environment;

    private readonly Func<string, bool, Result<Secret>>? _ask;

    private SecretReference(string? variable, string? file, Func<string, string?>? environment, Func<string, bool, Result<Secret>>? ask = null) =>
        (Variable, File, _environment, _ask) = (variable, file, environment ?? System.Environment.GetEnvironmentVariable, ask);

    public string? Variable { get; }

    public string? File { get; }

    /// <param name="variable">The variable's name.</param>
    /// <param name="environment">Reads a variable, where the process's own environment is not the caller's; null for that one.</param>
    public static SecretReference Environment(string variable, Func<string, string?>? environment = null) => new(variable, null, environment);

    /// <summary>A file whose content, without one final line break, is the secret.</summary>
    public static SecretReference InFile(string path) => new(null, Path.GetFullPath(path), null);

    /// <summary>A descriptor that this process was started with; each reading takes one line.</summary>
    public static SecretReference InDescriptor(int number) => new(null, null, null, (what, _) => DescriptorSecret.Read(number, what));

    /// <summary>A person, who is asked at each reading.</summary>
    /// <param name="ask">Asks a question; null when nothing is answered.</param>
    public static SecretReference Asked(Func<string, Secret?> ask) => new(null, null, null, (what, isNew) => AskedSecret.Read(ask, what, isNew));

    /// <summary>Reads the secret (CAP3203, CAP3207, CAP3208, CAP3222 to CAP3224).</summary>
    /// <param name="what">What it should be, for messages: "the key's passphrase".</param>
    /// <param name="isNew">It is about to be chosen, not known already.</param>
    public Result<Secret> Read(string what, bool isNew = false)
    {
        if (_ask is not null)
        {
            return _ask(what, isNew);
        }

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
