using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Cli.Templates;
using Capsule.Families;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule init [PATH]</c>: puts a project file beside a manifest, so that <c>dotnet build</c> works on it.</summary>
internal static class InitCommand
{
    public static Command Make()
    {
        var path = CommonOptions.Source();
        var name = new Option<string?>("--name") { Description = "The project's name; by default as the folder.", HelpName = "NAME" };
        var publisher = CommonOptions.Publisher();
        var force = new Option<bool>("--force") { Description = "Replace a project file that exists." };
        return Verb.Define("init", "Puts a project file beside a manifest, so that dotnet build, run, test, pack and publish work on it.\n\nExample: capsule init ./my-kit",
            [path, name, publisher, force],
            (context, _) => Task.FromResult(Answer.From(FamilyCatalog.Recognise(context.FullPath(context.Get(path))), found => Write(found, context.Get(name), context.Get(publisher), context.Get(force)))));
    }

    private static Answer Write(ManifestLocation found, string? name, string? publisher, bool force)
    {
        var folder = Path.GetDirectoryName(found.ManifestPath)!;
        return ProjectWriter.Write(new NewProject(ProjectTemplate.ProjectFile, name ?? Path.GetFileName(folder), folder) { Publisher = publisher, Force = force });
    }
}
