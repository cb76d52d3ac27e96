using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Cli.Templates;

/// <summary>What is to be created, and where.</summary>
/// <param name="Template">The template.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Folder">Full path; made when it does not exist.</param>
internal sealed record NewProject(ProjectTemplate Template, string Name, string Folder)
{
    public string? Publisher { get; init; }

    /// <summary>Which of the template's subfolders belongs to it.</summary>
    public string? Choice { get; init; }

    /// <summary>True replaces files that exist.</summary>
    public bool Force { get; init; }
}

/// <summary>Writes a new project, each file whole, none over one that exists unless that is wanted.</summary>
internal static class ProjectWriter
{
    public static Answer Write(NewProject project)
    {
        if (ProjectName.Problem(project.Name) is { } problem)
        {
            return Answer.Failed(TemplateDiagnostics.BadName.Now(project.Name, problem));
        }

        if (project.Publisher is { } publisher && !ProjectName.IsPublisher(publisher))
        {
            return Answer.Failed(TemplateDiagnostics.BadPublisher.Now(publisher));
        }

        var files = project.Template.Files(project.Name, project.Publisher, project.Choice)
            .Select(f => (Path: Path.Combine(project.Folder, f.Path), f.Content)).ToArray();
        string[] existing = [.. files.Select(f => f.Path).Where(Path.Exists).Select(p => Path.GetRelativePath(project.Folder, p))];
        if (existing.Length > 0 && !project.Force)
        {
            return Answer.Failed(TemplateDiagnostics.FilesExist.Now(string.Join(", ", existing)));
        }

        foreach (var (path, content) in files)
        {
            WholeFile.Write(path, content, replace: project.Force);
        }

        return Answer.Ok(project.Folder, new JsonObject
        {
            ["folder"] = project.Folder,
            ["template"] = project.Template.Folder,
            ["name"] = project.Name,
            ["files"] = new JsonArray([.. files.Select(f => JsonValue.Create(Path.GetRelativePath(project.Folder, f.Path).Replace('\\', '/')))]),
        });
    }
}
