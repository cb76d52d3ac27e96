using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>A text and the file it came from. <see cref="Path"/> is absolute, or a name in angle brackets.</summary>
public sealed record SourceText(string Path, string Text)
{
    public SourceSpan Whole => SourceSpan.Of(Path);
}
