using System.Diagnostics.CodeAnalysis;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// A wanted version in npm's form: exact (<c>1.2.3</c>), partial (<c>20</c>, <c>20.1.x</c>, <c>*</c>), caret, tilde, comparators joined by spaces,
/// alternatives joined by <c>||</c>. Prereleases satisfy only a range that names a prerelease of the same three numbers.
/// </summary>
internal sealed class VersionRange
{
    private readonly IReadOnlyList<IReadOnlyList<Comparator>> _alternatives;

    private VersionRange(IReadOnlyList<IReadOnlyList<Comparator>> alternatives) => _alternatives = alternatives;

    public static VersionRange Any { get; } = new([[]]);

    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            range = Any;
            return true;
        }

        var alternatives = new List<IReadOnlyList<Comparator>>();
        foreach (var alternative in text.Split("||"))
        {
            var comparators = new List<Comparator>();
            foreach (var term in alternative.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!TryTerm(term, comparators))
                {
                    return false;
                }
            }

            alternatives.Add(comparators);
        }

        range = new VersionRange(alternatives);
        return true;
    }

    public bool Includes(SemanticVersion version) => _alternatives.Any(all =>
        all.All(c => c.Allows(version))
        && (version.IsRelease || all.Any(c => !c.Bound.IsRelease && !c.Bound.Prerelease.Equals("0", StringComparison.Ordinal) && SameCore(c.Bound, version))));

    private static bool SameCore(SemanticVersion a, SemanticVersion b) => (a.Major, a.Minor, a.Patch) == (b.Major, b.Minor, b.Patch);

    private static bool TryTerm(string term, List<Comparator> into)
    {
        var sign = new string([.. term.TakeWhile(c => "<>=~^".Contains(c, StringComparison.Ordinal))]);
        var rest = term[sign.Length..];
        if (rest.StartsWith('v'))
        {
            rest = rest[1..];
        }

        if (sign is not ("" or "=" or "<" or "<=" or ">" or ">=" or "~" or "^") || !Partial.TryParse(rest, out var partial))
        {
            return false;
        }

        var low = partial.Low;
        var next = partial.Next;
        switch (sign)
        {
            case "" or "=" when partial.IsExact:
                into.Add(new("=", low));
                break;
            case "" or "=":
                Between(low, next);
                break;
            case "~":
                Between(low, partial.Parts >= 2 ? Before(low.Major, low.Minor + 1, 0) : next);
                break;
            case "^":
                Between(low, partial.Parts == 0 ? null : low switch
                {
                    { Major: > 0 } => Before(low.Major + 1, 0, 0),
                    { Minor: > 0 } => Before(0, low.Minor + 1, 0),
                    _ when partial.Parts == 3 => Before(0, 0, low.Patch + 1),
                    _ => next,
                });
                break;
            case ">" when !partial.IsExact && next is not null:
                into.Add(new(">=", next));
                break;
            case "<=" when !partial.IsExact:
                Between(null, next);
                break;
            default:
                into.Add(new(sign, low));
                break;
        }

        return true;

        void Between(SemanticVersion? from, SemanticVersion? until)
        {
            if (from is not null)
            {
                into.Add(new(">=", from));
            }

            if (until is not null)
            {
                into.Add(new("<", until));
            }
        }
    }

    /// <summary>The lowest possible version of these numbers, so that "below" leaves their prereleases out.</summary>
    private static SemanticVersion Before(int major, int minor, int patch) => new(major, minor, patch, "0");

    private sealed record Comparator(string Sign, SemanticVersion Bound)
    {
        public bool Allows(SemanticVersion version) => (Sign, version.CompareTo(Bound)) switch
        {
            ("=", var order) => order == 0,
            ("<", var order) => order < 0,
            ("<=", var order) => order <= 0,
            (">", var order) => order > 0,
            (_, var order) => order >= 0,
        };
    }

    /// <summary>One to three numbers, the rest open; or a whole version.</summary>
    private sealed record Partial(int Parts, SemanticVersion Low)
    {
        public bool IsExact => Parts == 3;

        public SemanticVersion? Next => Parts switch
        {
            0 => null,
            1 => Before(Low.Major + 1, 0, 0),
            2 => Before(Low.Major, Low.Minor + 1, 0),
            _ => Before(Low.Major, Low.Minor, Low.Patch + 1),
        };

        public static bool TryParse(string text, [NotNullWhen(true)] out Partial? partial)
        {
            partial = null;
            if (SemanticVersion.TryParse(text, out var whole))
            {
                partial = new Partial(3, whole);
                return true;
            }

            var pieces = text.Split('.');
            if (pieces.Length > 3)
            {
                return false;
            }

            var numbers = new List<int>();
            foreach (var piece in pieces)
            {
                if (piece is "x" or "X" or "*")
                {
                    break;
                }

                if (!SemanticVersion.TryNumber(piece, out var number))
                {
                    return false;
                }

                numbers.Add(number);
            }

            if (!pieces.Skip(numbers.Count).All(p => p is "x" or "X" or "*"))
            {
                return false;
            }

            var count = numbers.Count;
            numbers.AddRange([0, 0, 0]);
            partial = new Partial(count, new SemanticVersion(numbers[0], numbers[1], numbers[2], ""));
            return true;
        }
    }
}
