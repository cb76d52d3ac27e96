namespace Capsule.Trust.Quorum;

/// <summary>Which packages a scope covers: <c>scope/name</c>, <c>scope/*</c>, or <c>*</c> for all.</summary>
public sealed record ScopePattern
{
    private ScopePattern(string text, string? scope, string? name) => (Text, Scope, Name) = (text, scope, name);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Null for every scope.</summary>
    public string? Scope { get; }

    /// <summary>Null for every name.</summary>
    public string? Name { get; }

    /// <summary>Two patterns that cover one package differ in this.</summary>
    public int Specificity => (Scope is null ? 0 : 1) + (Name is null ? 0 : 1);

    public static ScopePattern? Parse(string text) => text.Split('/') switch
    {
        ["*"] => new ScopePattern(text, null, null),
        [var scope, "*"] when IsWord(scope) => new ScopePattern(text, scope, null),
        [var scope, var name] when IsWord(scope) && IsWord(name) => new ScopePattern(text, scope, name),
        _ => null,
    };

    public bool Covers(string scope, string name) => (Scope is null || Scope == scope) && (Name is null || Name == name);

    public override string ToString() => Text;

    private static bool IsWord(string text) => text.Length > 0 && !text.Contains('*') && !text.Any(char.IsWhiteSpace);
}
