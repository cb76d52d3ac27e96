namespace Capsule.Families.Atoms.Classes;

/// <summary>A parsed schema document: what it defines, or the first place that is wrong.</summary>
internal sealed partial class GraphqlDocument
{
    private const int MaxDepth = 64;
    private readonly List<GraphqlToken> _tokens;
    private int _at;

    private GraphqlDocument(List<GraphqlToken> tokens) => _tokens = tokens;

    /// <summary>The names of <c>type</c> definitions, extended ones included.</summary>
    public HashSet<string> ObjectTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>A <c>schema</c> names the type of an operation.</summary>
    public bool HasRootOperation { get; private set; }

    public string? Problem { get; private init; }

    public int Offset { get; private init; }

    private GraphqlToken Current => _tokens[_at];

    public static GraphqlDocument Read(string text)
    {
        if (GraphqlTokens.Read(text, out var bad) is not { } tokens)
        {
            return new GraphqlDocument([]) { Problem = "this cannot be read", Offset = bad };
        }

        var document = new GraphqlDocument(tokens);
        try
        {
            while (document.Current.Text.Length > 0)
            {
                document.Definition();
            }

            return document;
        }
        catch (FormatException wrong)
        {
            return new GraphqlDocument([]) { Problem = wrong.Message, Offset = document.Current.Offset };
        }
    }

    private void Definition()
    {
        Description();
        var extends = Take("extend");
        var kind = Name();
        switch (kind)
        {
            case "schema":
                Directives();
                if (Current.Text == "{" || !extends)
                {
                    Block("{", "}", () =>
                    {
                        var operation = Name();
                        Expect(":");
                        Name();
                        HasRootOperation |= operation is "query" or "mutation" or "subscription";
                    });
                }

                break;
            case "scalar":
                Name();
                Directives();
                break;
            case "type" or "interface":
                var name = Name();
                if (Take("implements"))
                {
                    Separated("&", () => Name());
                }

                Directives();
                Optional("{", "}", Field);
                if (kind == "type")
                {
                    ObjectTypes.Add(name);
                }

                break;
            case "union":
                Name();
                Directives();
                if (Take("="))
                {
                    Separated("|", () => Name());
                }

                break;
            case "enum":
                Name();
                Directives();
                Optional("{", "}", () =>
                {
                    Description();
                    Name();
                    Directives();
                });
                break;
            case "input":
                Name();
                Directives();
                Optional("{", "}", InputValue);
                break;
            case "directive" when !extends:
                Expect("@");
                Name();
                Optional("(", ")", InputValue);
                Take("repeatable");
                if (Name() != "on")
                {
                    throw new FormatException("'on' is expected before the places of a directive");
                }

                Separated("|", () => Name());
                break;
            default:
                _at--;
                throw new FormatException($"'{kind}' does not begin a definition");
        }
    }
}
