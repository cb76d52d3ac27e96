namespace Capsule.Core.Schemas;

/// <summary>A string. Without choices and pattern, any string.</summary>
public sealed record TextShape : ValueShape
{
    public static TextShape Any { get; } = new();

    /// <summary>A text that has more in it than white space.</summary>
    public static TextShape NotBlank { get; } = new() { Pattern = @"\S" };

    /// <summary>The only strings allowed; empty when a pattern decides.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>ECMA 262 regular expression that is in the text somewhere; readers of TOML need it without look-around.</summary>
    public string? Pattern { get; init; }

    public int? LeastLength { get; init; }

    public int? GreatestLength { get; init; }

    /// <summary>Texts to show as examples.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    public IEnumerable<string> Values => Choices.Select(c => c.Value);

    public static TextShape OneOf(params IEnumerable<Choice> choices) => new() { Choices = [.. choices] };

    public static TextShape OneOf(params IEnumerable<string> choices) => OneOf(choices.Select(c => new Choice(c)));

    /// <summary>A text that matches as a whole.</summary>
    public static TextShape Whole(string pattern, params string[] examples) => new() { Pattern = $"^(?:{pattern})$", Examples = examples };
}
