namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What lies in a folder.</summary>
internal static class Folder
{
    /// <summary>Names, sorted.</summary>
    public static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
