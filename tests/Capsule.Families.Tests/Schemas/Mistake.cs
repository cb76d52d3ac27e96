namespace Capsule.Families.Tests.Schemas;

/// <summary>A change that makes a right manifest wrong.</summary>
/// <param name="Code">The code that the build reports for it.</param>
/// <param name="Old">What is replaced in the right manifest.</param>
/// <param name="New">By what.</param>
/// <param name="Line">A text on the line that an editor must mark.</param>
/// <param name="Mention">What the editor's message must contain.</param>
internal sealed record Mistake(string Code, string Old, string New, string Line, string Mention)
{
    /// <summary>The wrong manifest.</summary>
    public string In(string manifest)
    {
        StringAssert.Contains(manifest, Old);
        var at = manifest.IndexOf(Old, StringComparison.Ordinal);
        return string.Concat(manifest.AsSpan(0, at), New, manifest.AsSpan(at + Old.Length));
    }

    /// <summary>The line that an editor must mark, from 1.</summary>
    public int LineIn(string manifest)
    {
        var text = In(manifest);
        var at = text.IndexOf(Line, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, at, $"{Code}: no line has '{Line}'.");
        return text.AsSpan(0, at).Count('\n') + 1;
    }

    public override string ToString() => $"{Code} {Old.Split('\n')[0].Trim()} → {New.Trim()}";
}
