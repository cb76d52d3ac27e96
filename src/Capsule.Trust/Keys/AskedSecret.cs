using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>Secrets that a person types.</summary>
internal static class AskedSecret
{
    /// <summary>One that is known is asked for once, a new one twice (CAP3223, CAP3224).</summary>
    public static Result<Secret> Read(Func<string, Secret?> ask, string what, bool isNew)
    {
        if (ask($"{char.ToUpperInvariant(what[0])}{what[1..]}") is not { } first)
        {
            return KeyDiagnostics.NothingTyped.Now(what);
        }

        if (!isNew)
        {
            return first;
        }

        using var second = ask("The same again");
        if (second?.IsSame(first) == true)
        {
            return first;
        }

        first.Dispose();
        return KeyDiagnostics.NotTheSame.Now(what);
    }
}
