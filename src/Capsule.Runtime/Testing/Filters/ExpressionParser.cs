using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Filters;

/// <summary>Reads a <see cref="CaseExpression"/> from left to right; throws <see cref="RefusedException"/> at what it cannot read.</summary>
internal sealed class ExpressionParser(string text)
{
    // A filter is typed by a person; the limit keeps a generated one from exhausting the stack.
    private const int MostNested = 64;

    private int _at;
    private int _depth;

    public Func<CaseNames, bool> Parse()
    {
        var whole = Either();
        return _at == text.Length ? whole : throw Wrong(text[_at] == ')' ? "there is no group to close" : $"'{text[_at]}' stands where & or | must stand");
    }

    private Func<CaseNames, bool> Either()
    {
        var left = Both();
        while (Takes('|'))
        {
            var (first, second) = (left, Both());
            left = names => first(names) || second(names);
        }

        return left;
    }

    private Func<CaseNames, bool> Both()
    {
        var left = One();
        while (Takes('&'))
        {
            var (first, second) = (left, One());
            left = names => first(names) && second(names);
        }

        return left;
    }

    private Func<CaseNames, bool> One()
    {
        if (!Takes('('))
        {
            return Condition();
        }

        if (++_depth > MostNested)
        {
            throw Wrong($"groups are nested deeper than {MostNested}");
        }

        var inner = Either();
        if (!Takes(')'))
        {
            throw Wrong("a group is not closed");
        }

        _depth--;
        return inner;
    }

    private Func<CaseNames, bool> Condition()
    {
        var first = Word();
        if (Operator() is not { } sign)
        {
            return names => names.Full.Contains(first, StringComparison.OrdinalIgnoreCase);
        }

        if (!CaseNames.Known.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusedException(FilterDiagnostics.UnknownProperty.Now(first, string.Join(", ", CaseNames.Known)));
        }

        var value = Word();
        return sign switch
        {
            "=" => names => names.Of(first).Equals(value, StringComparison.OrdinalIgnoreCase),
            "!=" => names => !names.Of(first).Equals(value, StringComparison.OrdinalIgnoreCase),
            "~" => names => names.Of(first).Contains(value, StringComparison.OrdinalIgnoreCase),
            _ => names => !names.Of(first).Contains(value, StringComparison.OrdinalIgnoreCase),
        };
    }

    private string? Operator()
    {
        string[] signs = ["!=", "!~", "=", "~"];
        var sign = signs.FirstOrDefault(s => string.CompareOrdinal(text, _at, s, 0, s.Length) == 0);
        _at += sign?.Length ?? 0;
        return sign;
    }

    private string Word()
    {
        var word = new StringBuilder();
        for (; _at < text.Length && !"()&|=~!".Contains(text[_at], StringComparison.Ordinal); _at++)
        {
            if (text[_at] == '\\' && ++_at == text.Length)
            {
                throw Wrong("a backslash needs a character after it");
            }

            word.Append(text[_at]);
        }

        var trimmed = word.ToString().Trim();
        return trimmed.Length > 0 ? trimmed : throw Wrong(_at == text.Length ? "it ends where a name or a value must stand" : $"'{text[_at]}' stands where a name or a value must stand");
    }

    private bool Takes(char sign)
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length || text[_at] != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    private RefusedException Wrong(string why) => new(FilterDiagnostics.Unreadable.Now(text, _at + 1, why));
}
