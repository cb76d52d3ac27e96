using System.Diagnostics.CodeAnalysis;

namespace Capsule.Core.Diagnostics;

/// <summary>
/// What an engine's front door returns: a value, or the diagnostics that say why there is none. Warnings may
/// accompany a value. Expected failures are here; exceptions are for bugs and the operating system.
/// </summary>
public sealed record Result<T>(T? Value, IReadOnlyList<Diagnostic> Diagnostics)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null && !Diagnostics.Any(d => d.IsError);

    public ExitCode Exit => Succeeded ? ExitCode.Ok : Diagnostics.FirstOrDefault(d => d.IsError)?.Kind.Exit ?? ExitCode.Invalid;

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Diagnostic problem) => new(null, [problem]);
}

/// <summary>Short forms for making a <see cref="Result{T}"/>.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value, IEnumerable<Diagnostic>? notes = null)
        where T : class => new(value, notes?.ToArray() ?? []);

    public static Result<T> Failed<T>(params IEnumerable<Diagnostic> problems)
        where T : class => new(null, [.. problems]);
}
