using System.Globalization;

namespace Capsule.Core.Text;

/// <summary>Where a value stands in its document: for programs and for people.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901); empty for the root.</param>
/// <param name="Text">Dotted, for messages: <c>workloads.hello.args[0]</c>; empty for the root.</param>
public sealed record FieldPath(string Pointer, string Text)
{
    public static FieldPath Root { get; } = new("", "");

    /// <summary>The path for a message that names the place that holds a field.</summary>
    public string Owner => Text.Length == 0 ? "the top level" : $"'{Text}'";

    public FieldPath Key(string key)
    {
        var pointer = key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        var plain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        var text = plain ? key : $"\"{key}\"";
        return new FieldPath($"{Pointer}/{pointer}", Text.Length == 0 ? text : $"{Text}.{text}");
    }

    public FieldPath Item(int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        return new FieldPath($"{Pointer}/{number}", $"{Text}[{number}]");
    }

    public override string ToString() => Text;
}
