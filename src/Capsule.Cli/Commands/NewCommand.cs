using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Cli.Templates;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule new kit|capsule [NAME]</c>: the same files as <c>dotnet new</c> with the template package.</summary>
internal static class NewCommand
{
    public static Command Make() => new("new", "Creates a project that builds, runs and is tested as it is.\n\nExample: capsule new kit my-kit --publisher acme")
    {
        Kit(), Capsule(),
    };

    private static Command Kit()
    {
        var parts = new Parts();
        return Verb.Define("kit", "Creates an AI app: a workload on bun with a page, an MCP tool and test cases.\n\nExample: capsule new kit my-kit",
            parts.Symbols, (context, _) => Task.FromResult(ProjectWriter.Write(parts.Project(context, ProjectTemplate.Kit))));
    }

    private static Command Capsule()
    {
        var parts = new Parts();
        var target = new Option<string>("--target") { Description = "What it runs: web, a folder of pages, or node, a server.", DefaultValueFactory = _ => "web", HelpName = "NAME" };
        target.AcceptOnlyFromAmong("web", "node");
        return Verb.Define("capsule", "Creates a static site or a server on node.\n\nExample: capsule new capsule my-site --target web",
            [.. parts.Symbols, target], (context, _) => Task.FromResult(ProjectWriter.Write(parts.Project(context, ProjectTemplate.Capsule) with { Choice = context.Get(target) })));
    }

    /// <summary>What both take.</summary>
    private sealed class Parts
    {
        private readonly Argument<string?> _name = new("NAME") { Description = "What it is called; by default as the folder.", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<string?> _output = new("--output", "-o") { Description = "The folder to create it in; by default NAME, or the current folder.", HelpName = "FOLDER" };
        private readonly Option<string?> _publisher = CommonOptions.Publisher();
        private readonly Option<bool> _force = new("--force") { Description = "Replace files that exist." };

        public IReadOnlyList<Symbol> Symbols => [_name, _output, _publisher, _force];

        public NewProject Project(VerbContext context, ProjectTemplate template)
        {
            var name = context.Get(_name);
            var folder = context.FullPath(context.Get(_output) ?? (name is not null && ProjectName.Problem(name) is null ? name : "."));
            return new NewProject(template, name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), folder)
            {
                Publisher = context.Get(_publisher),
                Force = context.Get(_force),
            };
        }
    }
}
