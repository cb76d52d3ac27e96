namespace Capsule.Core.Diagnostics;

/// <summary>
/// A range in a text file. Lines and columns start at 1; a column counts UTF-16 code units, as editors and MSBuild do;
/// the end is exclusive. <see cref="File"/> is an absolute path where a real file stands behind the text.
/// </summary>
public readonly record struct SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The whole file, for a problem that has no better place.</summary>
    public static SourceSpan Of(string file) => new(file, 1, 1, 1, 1);
}
