using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Secrets;

/// <summary>
/// The secrets that a user keeps on this machine, <c>CAPSULE_HOME/secrets</c>: folders 0700, files 0600, values encrypted with the key of
/// the store beside them. That protects a copy of a file, not against a program of the same user. Files are written whole, by one
/// program at a time.
/// </summary>
/// <param name="folder">Absolute path; made when the first secret is kept.</param>
public sealed class SecretStore(string folder)
{
    private const int LargestFile = 64 << 20;

    /// <summary>How long a writer waits for another.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public static SecretStore In(CapsuleHome home) => new(Path.Combine(home.Root, "secrets"));

    /// <summary>The names that are set, sorted (CAP5700 to CAP5702).</summary>
    public Result<IReadOnlyList<string>> List(SecretPlace place) => Guard<IReadOnlyList<string>>(() => [.. Load(place).Values.Keys]);

    /// <summary>A value, which the caller disposes (CAP5700 to CAP5702, CAP5704).</summary>
    public Result<Secret> Get(SecretPlace place, string name) => Guard(() =>
    {
        if (!Load(place).Values.TryGetValue(name, out var box))
        {
            throw new RefusedException(SecretDiagnostics.NotSet.Now(name, place.Words));
        }

        using var key = StoreKey.Open(folder);
        var value = key?.Unseal(box, place, name)
            ?? throw new RefusedException(SecretDiagnostics.Damaged.Now($"The secret '{name}' of {place.Words}", key is null ? "the store has lost its key" : "it is not what was kept there"));
        var secret = Secret.FromUtf8(value);
        CryptographicOperations.ZeroMemory(value);
        return secret;
    });

    /// <summary>Keeps a value (CAP5700 to CAP5703, CAP5705 to CAP5707); null when it is kept.</summary>
    /// <param name="place">Where.</param>
    /// <param name="name">Its id.</param>
    /// <param name="value">Stays the caller's.</param>
    /// <param name="replace">False keeps one that is there.</param>
    public Diagnostic? Set(SecretPlace place, string name, Secret value, bool replace = true)
    {
        if (!SecretRules.IsName(name))
        {
            return SecretDiagnostics.BadName.Now();
        }

        return SecretRules.Problem(name, value, line: false) ?? Change(place, document =>
        {
            if (!replace && document.Values.ContainsKey(name))
            {
                throw new RefusedException(SecretDiagnostics.AlreadySet.Now(name, place.Words));
            }

            using var key = StoreKey.OpenOrMake(folder);
            document.Values[name] = value.Use(bytes => key.Seal(bytes, place, name));
        });
    }

    /// <summary>Forgets a value (CAP5700 to CAP5704); null when it is gone.</summary>
    public Diagnostic? Remove(SecretPlace place, string name) => Change(place, document =>
    {
        if (!document.Values.Remove(name))
        {
            throw new RefusedException(SecretDiagnostics.NotSet.Now(name, place.Words));
        }
    });

    /// <summary>One at a time for the whole folder: the key is everybody's.</summary>
    private Diagnostic? Change(SecretPlace place, Action<StoreDocument> change) => Guard(() =>
    {
        var path = Path.Combine(folder, place.File);
        PrivatePlace.Folder(folder);
        PrivatePlace.Folder(Path.GetDirectoryName(path)!);
        using var turn = WriteTurn.Take(Path.Combine(folder, "secrets"), Patience)
            ?? throw new RefusedException(SecretDiagnostics.Busy.Now(folder, Patience.TotalSeconds));
        var document = Load(place);
        change(document);
        WholeFile.Write(path, document.Write(), PrivatePlace.FileMode);
        return document;
    }).Diagnostics.FirstOrDefault(d => d.IsError);

    private StoreDocument Load(SecretPlace place)
    {
        if (!Directory.Exists(folder))
        {
            return StoreDocument.Empty(place);
        }

        PrivatePlace.Folder(folder);
        var path = Path.Combine(folder, place.File);
        return PrivatePlace.Read(path, LargestFile) is not { } bytes ? StoreDocument.Empty(place)
            : StoreDocument.Read(bytes) ?? throw new RefusedException(SecretDiagnostics.Damaged.Now($"'{path}'", "it is no file of secrets"));
    }

    private Result<T> Guard<T>(Func<T> work)
        where T : class
    {
        try
        {
            return Result.Of(work());
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SecretDiagnostics.NotKept.Now(folder, problem.Message);
        }
    }
}
