using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans;

/// <summary>Where in the manifest a permission was asked for.</summary>
/// <param name="File">Manifest file name relative to the package root.</param>
/// <param name="Pointer">JSON pointer to the value, for example <c>/workloads/hello/runtime/source/start</c>.</param>
/// <param name="Range">Line and column range; left out of the plan's hash.</param>
public sealed record Origin(string File, string Pointer, SourceRange? Range);

/// <summary>A range without its file; lines and columns start at 1, end exclusive.</summary>
public sealed record SourceRange(int Line, int Column, int EndLine, int EndColumn)
{
    public static SourceRange From(SourceSpan span) => new(span.Line, span.Column, span.EndLine, span.EndColumn);
}

/// <summary>
/// What makes a part of a plan a permission: an id that is stable in the plan, where it was asked for, and the
/// manifest text that would grant it (specs: sandbox 3).
/// </summary>
public sealed record Permission(string Id, Origin Origin, string Grant);
