namespace Capsule.Families.Atoms.Classes;

/// <summary>One token: a name, a number, a string (its text is a quote) or a punctuator.</summary>
internal readonly record struct GraphqlToken(string Text, int Offset)
{
    public bool IsName => Text.Length > 0 && (char.IsAsciiLetter(Text[0]) || Text[0] == '_');

    public bool IsString => Text == "\"";

    public bool IsNumber => Text.Length > 0 && (char.IsAsciiDigit(Text[0]) || (Text[0] == '-' && Text.Length > 1));
}
