namespace Capsule.Core.Diagnostics;

/// <summary>
/// Carries one diagnostic out of deep reading code (archives, signatures) to the engine's front door, which turns it
/// into a <see cref="Result{T}"/>. Never crosses a room's public boundary.
/// </summary>
public sealed class RefusedException(Diagnostic diagnostic) : Exception($"{diagnostic.Code}: {diagnostic.Message}")
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
