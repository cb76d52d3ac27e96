using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Filters;

/// <summary>What a case is called: by filters, in lists and in reports.</summary>
public sealed record CaseNames(PackageReference Package, TestCase Case)
{
    private static readonly OrderedDictionary<string, Func<CaseNames, string>> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FullyQualifiedName"] = names => names.Full,
        ["Name"] = names => names.Case.Id,
        ["DisplayName"] = names => names.Case.Id,
        ["Kind"] = names => names.Kind,

        // The word that filters of C# projects know; a solution has one filter for both.
        ["TestCategory"] = names => names.Kind,
    };

    /// <summary>The properties that a filter may name.</summary>
    public static IReadOnlyCollection<string> Known => Properties.Keys;

    /// <summary><c>mcp</c>, <c>http</c> or <c>exec</c>.</summary>
    public string Kind => Case.Kind.ToString().ToLowerInvariant();

    /// <summary>What stands for the class: package and kind, for example <c>hello-kit.http</c>.</summary>
    public string Group => $"{Package.Name}.{Kind}";

    /// <summary>For example <c>hello-kit.http.counts-words</c>.</summary>
    public string Full => $"{Group}.{Case.Id}";

    /// <summary>The value of a property from <see cref="Known"/>.</summary>
    internal string Of(string property) => Properties[property](this);
}
