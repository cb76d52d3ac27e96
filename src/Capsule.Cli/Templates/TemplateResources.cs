using System.Reflection;

namespace Capsule.Cli.Templates;

/// <summary>The text files of sdk/templates that this assembly carries, without what is dotnet new's own.</summary>
internal static class TemplateResources
{
    private const string Root = "templates/";

    /// <summary>The files below a template's folder, in the order of their paths.</summary>
    public static IEnumerable<(string Path, string Text)> Below(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = from name in assembly.GetManifestResourceNames()
                    let path = name.Replace('\\', '/')
                    where path.StartsWith($"{Root}{folder}/", StringComparison.Ordinal)
                    orderby path
                    select (Name: name, Path: path[(Root.Length + folder.Length + 1)..]);
        foreach (var (name, path) in names)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (path, reader.ReadToEnd());
        }
    }
}
