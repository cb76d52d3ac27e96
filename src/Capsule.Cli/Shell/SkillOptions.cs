using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Kits.Skills;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>Whether a Kit's tools are shown to an agent while it runs, and where.</summary>
internal sealed class SkillOptions
{
    private readonly Option<string?> _global = new("--global-skill") { Description = "Show the Kit's tools to an agent of yours as a skill while it runs: codex or claude.", HelpName = "AGENT" };

    private readonly Option<string?> _project = new("--project-skill") { Description = "The same in a project: generic (or portable), or claude.", HelpName = "AGENT" };

    private readonly Option<string?> _root = new("--project-root") { Description = "The project for --project-skill; the current folder otherwise.", HelpName = "DIR" };

    public SkillOptions()
    {
        _global.AcceptOnlyFromAmong([.. SkillPlace.GlobalProviders]);
        _project.AcceptOnlyFromAmong([.. SkillPlace.ProjectProviders]);
    }

    public IReadOnlyList<Symbol> Symbols => [_global, _project, _root];

    /// <summary>Removes what runs left that were killed; a run, a test and a command begin with it.</summary>
    public static void Sweep(VerbContext context) => context.Voice.Tell(SkillLeftovers.Sweep(context.Home));

    /// <summary>The places that are wanted, each free now and for a Kit that has tools (CAP5500 to CAP5512).</summary>
    public Result<IReadOnlyList<SkillPlace>> Read(VerbContext context, RunTarget target)
    {
        var places = new List<SkillPlace>();
        var name = target.Compiled.Package.Name;
        if (context.Get(_global) is { } provider)
        {
            places.Add(SkillPlace.OfUser(provider, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), name));
        }

        if (context.Get(_project) is { } inProject)
        {
            places.Add(SkillPlace.OfProject(inProject, context.FullPath(context.Get(_root) ?? "."), name));
        }
        else if (context.Get(_root) is not null)
        {
            return CommandDiagnostics.Usage.Now("--project-root is the project for --project-skill, which is missing.", "capsule run");
        }

        return places.Count > 0 && DefaultMcp(target.Compiled.Launch?.Public ?? []) is null ? SkillDiagnostics.NoDefaultMcp.Now(name)
            : places.Select(p => p.Problem()).OfType<Diagnostic>().ToArray() is { Length: > 0 } problems ? Result.Failed<IReadOnlyList<SkillPlace>>(problems)
            : Result.Of<IReadOnlyList<SkillPlace>>(places);
    }

    /// <summary>Writes the skills of a run, until one cannot be written; what that is.</summary>
    /// <param name="context">The call.</param>
    /// <param name="places">Where.</param>
    /// <param name="running">The Kit.</param>
    /// <param name="installed">Gets each that is there, also when this is stopped.</param>
    /// <param name="cancel">Stops asking the Kit for its tools.</param>
    public static async Task<IReadOnlyList<Diagnostic>> InstallAsync(VerbContext context, IReadOnlyList<SkillPlace> places, RunningPackage running, List<InstalledSkill> installed, CancellationToken cancel)
    {
        foreach (var place in places)
        {
            var skill = await InstalledSkill.InstallAsync(
                new SkillRequest
                {
                    Home = context.Home,
                    Place = place,
                    Run = running.Id,
                    Number = installed.Count,
                    Address = new Uri(running.Address!, DefaultMcp(running.Routes)!.Prefix),
                    Program = OwnProgram.Words,
                },
                cancel);
            if (!skill.Succeeded)
            {
                return skill.Diagnostics;
            }

            installed.Add(skill.Value);
            context.Voice.Skilled(skill.Value);
        }

        return [];
    }

    /// <summary>Removes them, and says what is left.</summary>
    public static void Remove(VerbContext context, IEnumerable<InstalledSkill> skills) => context.Voice.Tell([.. skills.SelectMany(s => s.Remove())]);

    public static JsonArray Json(IEnumerable<InstalledSkill> skills) =>
    [
        .. skills.Select(s => new JsonObject
        {
            ["agent"] = s.Place.Provider,
            ["folder"] = s.Place.Folder,
            ["program"] = s.Program,
            ["files"] = new JsonArray([.. s.Files.Select(f => JsonValue.Create(f))]),
            ["tools"] = new JsonArray([.. s.Tools.Select(t => JsonValue.Create(t.Name))]),
        }),
    ];

    private static PublicRoute? DefaultMcp(IEnumerable<PublicRoute> routes) => routes.FirstOrDefault(r => r.DefaultMcp);
}
