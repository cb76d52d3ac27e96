using System.Reflection;

namespace Capsule.Core.Diagnostics;

/// <summary>All kinds of diagnostics of a program, from the tables beside its rules.</summary>
public sealed class DiagnosticCatalog
{
    private DiagnosticCatalog(IReadOnlyList<DiagnosticKind> kinds)
    {
        Kinds = kinds;
    }

    /// <summary>Sorted by code.</summary>
    public IReadOnlyList<DiagnosticKind> Kinds { get; }

    /// <summary>Reads each static class whose name ends in <c>Diagnostics</c>.</summary>
    /// <exception cref="InvalidOperationException">Two kinds share a code, or a code is not CAP and four digits.</exception>
    public static DiagnosticCatalog Of(params IEnumerable<Assembly> assemblies)
    {
        var rows = assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(IsTable).SelectMany(Rows).OrderBy(r => r.Kind.Code, StringComparer.Ordinal).ToArray();
        foreach (var row in rows.Where(r => !IsCode(r.Kind.Code)))
        {
            throw new InvalidOperationException($"{row.Name} has the code '{row.Kind.Code}'; a code is CAP and four digits.");
        }

        foreach (var (first, second) in rows.Zip(rows.Skip(1)).Where(pair => pair.First.Kind.Code == pair.Second.Kind.Code))
        {
            throw new InvalidOperationException($"{first.Name} and {second.Name} share the code {first.Kind.Code}.");
        }

        return new DiagnosticCatalog([.. rows.Select(r => r.Kind)]);
    }

    /// <summary>
    /// The kind with this code, or those that carry it as an alias of a reference system; letter case does not matter.
    /// Empty when there is none.
    /// </summary>
    public IReadOnlyList<DiagnosticKind> Find(string code)
    {
        var own = Kinds.Where(k => Same(k.Code, code)).ToArray();
        return own.Length > 0 ? own : [.. Kinds.Where(k => k.Aliases.Any(a => Same(a, code)))];
    }

    private static bool Same(string a, string b) => string.Equals(a, b.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsCode(string code) =>
        code.Length == 7 && code.StartsWith("CAP", StringComparison.Ordinal) && code.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsTable(Type type) =>
        type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Diagnostics", StringComparison.Ordinal);

    private static IEnumerable<(string Name, DiagnosticKind Kind)> Rows(Type table) =>
        from field in table.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(DiagnosticKind)
        select ($"{table.FullName}.{field.Name}", (DiagnosticKind)field.GetValue(null)!);
}
