using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity.Unicode;

namespace Capsule.Core.Identity;

/// <summary>The rules for one path of a tree (specs: trust 1), and what two paths have in common.</summary>
public static class TreePath
{
    public const int MaxBytes = 1024;

    public const int MaxComponentBytes = 255;

    /// <summary>The folder at the root of an unpacked package that is never part of its tree.</summary>
    public const string ReservedFolder = ".capsule";

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The first rule that the path breaks; null when it is a valid path.</summary>
    public static Diagnostic? Check(string path)
    {
        if (HasUnpairedSurrogate(path))
        {
            return TreeDiagnostics.NotUnicode.Now(Show(path));
        }

        var bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes is 0 or > MaxBytes)
        {
            return TreeDiagnostics.PathLength.Now(Show(path), bytes);
        }

        foreach (var component in path.Split('/'))
        {
            if (CheckComponent(path, component) is { } problem)
            {
                return problem;
            }
        }

        if (IsReserved(path))
        {
            return TreeDiagnostics.Reserved.Now(path);
        }

        return NormalizationFormC.IsNormalized(path)
            ? null
            : TreeDiagnostics.NotNormalized.Now(path, NormalizationFormC.Normalize(path));
    }

    /// <summary>
    /// A text that is equal for two paths exactly when they are the same file on some system that ignores case or
    /// normalises: form C of the full case folding of form C.
    /// </summary>
    public static string CollisionKey(string path) =>
        NormalizationFormC.Normalize(CaseFolding.Fold(NormalizationFormC.Normalize(path)));

    /// <summary>The folders that the path lies in, outermost first, without the root.</summary>
    public static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    /// <summary>The path with its unprintable characters replaced, for messages.</summary>
    public static string Show(string path)
    {
        var shown = new StringBuilder(Math.Min(path.Length, 200));
        foreach (var rune in path.EnumerateRunes())
        {
            shown.Append(Rune.IsControl(rune) || IsInvisible(rune.Value) ? "\uFFFD" : rune.ToString());
            if (shown.Length > 200)
            {
                return shown.Append('…').ToString();
            }
        }

        return shown.ToString();
    }

    internal static Diagnostic? CheckComponent(string path, string component)
    {
        if (component.Length == 0)
        {
            return TreeDiagnostics.NotRelative.Now(Show(path));
        }

        if (component is "." or "..")
        {
            return TreeDiagnostics.DotComponent.Now(Show(path), component);
        }

        foreach (var rune in component.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || (rune.IsAscii && "\\:*?\"<>|".Contains((char)rune.Value)))
            {
                return TreeDiagnostics.ForbiddenCharacter.Now(Show(path), rune.Value);
            }

            if (!rune.IsAscii && IsInvisible(rune.Value))
            {
                return TreeDiagnostics.InvisibleCharacter.Now(Show(path), rune.Value);
            }
        }

        if (component[^1] is '.' or ' ')
        {
            return TreeDiagnostics.TrailingDotOrSpace.Now(path, component);
        }

        if (IsDevice(component))
        {
            return TreeDiagnostics.DeviceName.Now(path, component);
        }

        var bytes = Encoding.UTF8.GetByteCount(component);
        return bytes > MaxComponentBytes ? TreeDiagnostics.ComponentLength.Now(Show(path), Show(component), bytes) : null;
    }

    // Case does not help: a system that ignores it would put the file into the reserved folder.
    private static bool IsReserved(string path)
    {
        var first = path.AsSpan();
        first = first[..(first.IndexOf('/') is var slash and >= 0 ? slash : first.Length)];
        return first.Equals(ReservedFolder, StringComparison.OrdinalIgnoreCase)
            || (!Ascii.IsValid(first) && CollisionKey(first.ToString()) == ReservedFolder);
    }

    // Windows looks at the name before the first dot, without the spaces that follow it.
    private static bool IsDevice(string component)
    {
        var name = component.AsSpan();
        name = name[..(name.IndexOf('.') is var dot and >= 0 ? dot : name.Length)].TrimEnd(' ');
        foreach (var device in Devices)
        {
            if (name.Equals(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name.Length == 4
            && (name.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
            && name[3] is (>= '1' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3';
    }

    private static bool IsInvisible(int point)
    {
        var row = TableSearch.Find(UnicodeTables.Invisible, 2, point);
        return row >= 0 && point <= UnicodeTables.Invisible[row + 1];
    }

    private static bool HasUnpairedSurrogate(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (char.IsHighSurrogate(path[i]) && i + 1 < path.Length && char.IsLowSurrogate(path[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(path[i]))
            {
                return true;
            }
        }

        return false;
    }
}
