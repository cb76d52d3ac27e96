using Capsule.Core.Diagnostics;

namespace Capsule.Build.Tasks;

/// <summary>A task's way out of a step that failed: <see cref="CapsuleTask"/> says what was refused.</summary>
internal static class Answer
{
    /// <summary>The value, or the first error as a <see cref="RefusedException"/>.</summary>
    public static T OrRefuse<T>(this Result<T> result)
        where T : class =>
        result.Succeeded ? result.Value : throw new RefusedException(result.Diagnostics.First(d => d.IsError));
}
