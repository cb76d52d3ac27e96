using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>What ids, paths and texts of a Kit look like (specs: kits 1.1).</summary>
internal static partial class ManifestText
{
    /// <summary>Reports a key or value that is not an id; returns it all the same, so that what refers to it is found.</summary>
    public static Field<string> Id(FieldReader at, Field<string> id)
    {
        if (id.Value.Length > KitTexts.LongestId || !IdGrammar().IsMatch(id.Value))
        {
            at.Report(KitDiagnostics.BadId.At(id.Span, id.Value));
        }

        return id;
    }

    public static Field<string>? RequiredId(FieldReader at, string key) => at.RequiredString(key) is { } id ? Id(at, id) : null;

    /// <summary>An absolute HTTP path; a slash at the end is dropped. Null, with a problem, when it is none.</summary>
    public static Field<string>? HttpPath(FieldReader at, Field<string>? path)
    {
        if (path is null || PathProblem(path.Value) is not { } problem)
        {
            return path is null ? null : path with { Value = path.Value.Length > 1 ? path.Value.TrimEnd('/') : path.Value };
        }

        at.Report(KitDiagnostics.BadPath.At(path.Span, path.Value, problem));
        return null;
    }

    /// <summary>What follows the host in a request: an absolute path that may have a query and escapes.</summary>
    public static Field<string>? RequestPath(FieldReader at, Field<string>? path)
    {
        var problem = path is null ? null
            : !path.Value.StartsWith('/') ? "it must start with '/'"
            : path.Value.Any(c => c is <= ' ' or '\x7f' or '#' or '\\') ? "it must not contain spaces, control characters, '#' or '\\'"
            : null;
        if (problem is null)
        {
            return path;
        }

        at.Report(KitDiagnostics.BadPath.At(path!.Span, path.Value, problem));
        return null;
    }

    /// <summary>A text that has something in it and no control characters but line breaks and tabs.</summary>
    public static Field<string>? Line(FieldReader at, Field<string>? text)
    {
        if (text is null || Check(at, text))
        {
            return text;
        }

        return null;
    }

    public static Field<string>? RequiredLine(FieldReader at, string key) => Line(at, at.RequiredString(key));

    /// <summary>Reports control characters in a text that may be empty.</summary>
    public static bool IsPrintable(FieldReader at, Field<string> text)
    {
        var control = text.Value.FirstOrDefault(c => char.IsControl(c) && c is not ('\n' or '\t' or '\r'), ' ');
        if (control != ' ')
        {
            at.Report(KitDiagnostics.ControlCharacter.At(text.Span, text.Path.Text, (int)control));
        }

        return control == ' ';
    }

    private static bool Check(FieldReader at, Field<string> text)
    {
        if (string.IsNullOrWhiteSpace(text.Value))
        {
            at.Report(KitDiagnostics.Blank.At(text.Span, text.Path.Text));
            return false;
        }

        return IsPrintable(at, text);
    }

    private static string? PathProblem(string path)
    {
        if (!path.StartsWith('/'))
        {
            return "it must start with '/'";
        }

        if (path.AsSpan().IndexOfAny("?#\\%") is >= 0 and var at)
        {
            return $"'{path[at]}' must not be in it";
        }

        if (path.Any(c => c <= ' ' || c == '\x7f'))
        {
            return "it must not contain spaces or control characters";
        }

        return path.Length > 1 && path[1..].TrimEnd('/').Split('/').Any(s => s is "" or "." or "..")
            ? "empty segments, '.' and '..' must not be in it"
            : null;
    }

    [GeneratedRegex(@"\A(?:" + KitTexts.IdPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdGrammar();
}
