using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Capsule.Families;

namespace Capsule.Cli.Templates;

/// <summary>A template of <c>dotnet new</c>, out of this program: its files with their names, and what is replaced in them.</summary>
/// <param name="Folder">The template's folder in sdk/templates.</param>
/// <param name="SourceName">What stands for the project's name.</param>
/// <param name="Token">What stands for the package's name.</param>
/// <param name="Title">What stands for the project's name in a page.</param>
/// <param name="Prefix">Completes a package's name that would be no name.</param>
internal sealed record ProjectTemplate(string Folder, string SourceName, string Token, string Title, string Prefix)
{
    private const string PublisherToken = "starter-publisher";
    private const string VersionToken = "@CapsuleSdkVersion@";

    public static ProjectTemplate Kit { get; } = new("kit", "StarterKit", "starter-kit", "Starter Kit", "kit") { Manifests = ["capability.yml", "capability-test.yml"] };

    public static ProjectTemplate Capsule { get; } = new("capsule", "StarterCapsule", "starter-capsule", "Starter Capsule", "capsule") { Manifests = ["capsule.toml"] };

    /// <summary>Only the project file, for a manifest that is there.</summary>
    public static ProjectTemplate ProjectFile { get; } = new("capproj", "StarterProject", "starter-project", "Starter Project", "package");

    /// <summary>The manifests whose first line names a schema, which lies in <c>.schemas</c>.</summary>
    private IReadOnlyList<string> Manifests { get; init; } = [];

    /// <summary>The files of a new project: their paths, relative and with slashes, and their content.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="publisher">Who publishes it; null when nobody is named.</param>
    /// <param name="choice">The subfolder whose files belong to it as well; null when the template has none.</param>
    public IEnumerable<(string Path, byte[] Content)> Files(string name, string? publisher, string? choice)
    {
        var words = new Dictionary<string, string>
        {
            [SourceName] = name,
            [Token] = ProjectName.Slug(name, Prefix),
            [Title] = new XText(name).ToString(),
            [PublisherToken] = publisher ?? "",
            [VersionToken] = ProgramVersion.Text,
        };
        var tokens = new Regex(string.Join('|', words.Keys.Select(Regex.Escape)));
        HashSet<string> facts = [.. publisher is null ? [] : new[] { "hasPublisher" }, .. ProjectName.IsAwkward(name) ? new[] { "awkwardName" } : []];
        var schemas = from manifest in Manifests
                      let schema = ManifestSchemas.Find(manifest)!
                      select ($".schemas/{schema.FileName}", Encoding.UTF8.GetBytes(schema.Text));
        var own = from resource in TemplateResources.Below(Folder)
                  let path = PathIn(resource.Path, choice)
                  where path is not null
                  select (path.Replace(SourceName, name, StringComparison.Ordinal), Encoding.UTF8.GetBytes(tokens.Replace(Conditions.Resolve(resource.Text, facts), m => words[m.Value])));
        return own.Concat(schemas);
    }

    /// <summary>Where a template's file goes: those of the chosen subfolder into the project's own, those of another nowhere.</summary>
    private string? PathIn(string path, string? choice) =>
        Folder != Capsule.Folder ? path
        : path.StartsWith($"{choice}/", StringComparison.Ordinal) ? path[(choice!.Length + 1)..]
        : path.Contains('/', StringComparison.Ordinal) ? null : path;
}
