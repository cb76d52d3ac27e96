namespace Capsule.Core.Text;

/// <summary>Replaces a range of a text; nothing else changes.</summary>
internal readonly record struct TomlEdit(int Start, int End, string Text)
{
    public static string Apply(string text, IEnumerable<TomlEdit> edits) => edits
        .OrderByDescending(e => e.Start)
        .Aggregate(text, (current, edit) => string.Concat(current.AsSpan(0, edit.Start), edit.Text, current.AsSpan(edit.End)));
}
