namespace Capsule.Families.Atoms.Classes;

internal sealed partial class GraphqlDocument
{
    private void Field()
    {
        Description();
        Name();
        Optional("(", ")", InputValue);
        Expect(":");
        Type(0);
        Directives();
    }

    private void InputValue()
    {
        Description();
        Name();
        Expect(":");
        Type(0);
        if (Take("="))
        {
            Value(0);
        }

        Directives();
    }

    private void Type(int depth)
    {
        Deeper(depth);
        if (Take("["))
        {
            Type(depth + 1);
            Expect("]");
        }
        else
        {
            Name();
        }

        Take("!");
    }

    private void Value(int depth)
    {
        Deeper(depth);
        if (Take("["))
        {
            while (!Take("]"))
            {
                Value(depth + 1);
            }
        }
        else if (Take("{"))
        {
            while (!Take("}"))
            {
                Name();
                Expect(":");
                Value(depth + 1);
            }
        }
        else if (Current.IsName || Current.IsString || Current.IsNumber)
        {
            _at++;
        }
        else
        {
            throw new FormatException("a value is expected");
        }
    }

    private void Directives()
    {
        while (Take("@"))
        {
            Name();
            Optional("(", ")", () =>
            {
                Name();
                Expect(":");
                Value(0);
            });
        }
    }

    private void Description()
    {
        if (Current.IsString)
        {
            _at++;
        }
    }

    private void Optional(string open, string close, Action item)
    {
        if (Current.Text == open)
        {
            Block(open, close, item);
        }
    }

    private void Block(string open, string close, Action item)
    {
        Expect(open);
        do
        {
            item();
        }
        while (!Take(close));
    }

    private void Separated(string separator, Action item)
    {
        Take(separator);
        do
        {
            item();
        }
        while (Take(separator));
    }

    private string Name() => Current.IsName ? _tokens[_at++].Text : throw new FormatException("a name is expected");

    private void Expect(string text)
    {
        if (!Take(text))
        {
            throw new FormatException($"'{text}' is expected");
        }
    }

    private bool Take(string text)
    {
        if (Current.Text != text)
        {
            return false;
        }

        _at++;
        return true;
    }

    private static void Deeper(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"this is nested more than {MaxDepth} deep");
        }
    }
}
