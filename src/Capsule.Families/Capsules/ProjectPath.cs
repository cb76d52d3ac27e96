namespace Capsule.Families.Capsules;

/// <summary>Paths that a manifest writes: relative to the project folder, with <c>/</c>.</summary>
internal static class ProjectPath
{
    /// <summary>The path without <c>.</c> and <c>..</c>, empty for the project folder; null when it leaves the folder.</summary>
    public static string? Normalise(string path)
    {
        if (path.StartsWith('/') || path.AsSpan().IndexOfAny('\\', ':', '\0') >= 0)
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    public static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : $"{folder}/{path}";

    /// <summary>The folder that a path lies in, empty for the project folder.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";
}
