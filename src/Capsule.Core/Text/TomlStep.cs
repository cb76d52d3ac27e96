using System.Globalization;

namespace Capsule.Core.Text;

/// <summary>One step from a table or list to what it holds: a name, or an index from 0. Both convert by themselves.</summary>
public readonly record struct TomlStep
{
    private TomlStep(string? name, int index)
    {
        (Name, Index) = (name, index);
    }

    /// <summary>Null when the step is an index.</summary>
    public string? Name { get; }

    public int Index { get; }

    public static implicit operator TomlStep(string name) => new(name, 0);

    public static implicit operator TomlStep(int index) => new(null, index);

    public override string ToString() => Name is null ? $"[{Index.ToString(CultureInfo.InvariantCulture)}]" : TomlWriter.Key(Name);

    /// <summary>A path for messages: <c>tool[1].version</c>.</summary>
    public static string Show(IEnumerable<TomlStep> path) => path.Aggregate("", (text, step) =>
        text + (step.Name is not null && text.Length > 0 ? "." : "") + step);
}
