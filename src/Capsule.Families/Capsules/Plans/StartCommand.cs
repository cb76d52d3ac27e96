using Capsule.Core.Plans;
using Capsule.Families.Capsules.Programs;

namespace Capsule.Families.Capsules.Plans;

/// <summary>How a driver starts the entrypoint of a target: with what, by which words, with which variables.</summary>
/// <param name="Argv">Program and arguments inside the sandbox.</param>
internal sealed record StartCommand(IReadOnlyList<string> Argv)
{
    public ToolchainPlan? Toolchain { get; init; }

    /// <summary>Variables of the driver; the manifest's own win.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be done before the first start; null for nothing.</summary>
    public PrepareCommand? Prepare { get; init; }

    /// <summary>What the machine must have for the program.</summary>
    public LaunchRequirements Requires { get; init; } = new();

    /// <param name="files">The target and where its parts lie.</param>
    /// <param name="network">How far the cell lets it reach.</param>
    public static StartCommand Of(TargetFiles files, NetworkMode network)
    {
        var target = files.Target;
        return target.EffectiveDriver switch
        {
            "native" => Native(files, files.Native!),
            "python" => Python(files, new ToolchainPlan("python", target.RuntimeVersion?.Value)),
            "deno" => DenoStart.Of(
                new ToolchainPlan("deno", target.RuntimeVersion?.Value),
                AppFolder.Path(files.Entrypoint),
                target.StartsByCommand ? Words(files)[1..] : Words(files),
                target.StartsByCommand,
                files.DenoPackages,
                network),
            var driver => Interpreted(files, driver!, new ToolchainPlan(driver!, target.RuntimeVersion?.Value)),
        };
    }

    private static StartCommand Interpreted(TargetFiles files, string program, ToolchainPlan toolchain) =>
        new(files.Target.StartsByCommand
            ? [program, .. Words(files)[1..]]
            : [program, Program(files), .. Words(files)])
        {
            Toolchain = toolchain,
        };

    private static StartCommand Python(TargetFiles files, ToolchainPlan toolchain) =>
        PythonStart.Of(toolchain, files.Target.StartsByCommand ? Words(files)[1..] : [Program(files), .. Words(files)], files.PythonPackages);

    private static StartCommand Native(TargetFiles files, NativeProgram program)
    {
        if (program.Form is NativeForm.Python)
        {
            return Python(files, new ToolchainPlan("python"));
        }

        var entrypoint = AppFolder.Path(files.Entrypoint);
        return new(program.Form switch
        {
            NativeForm.Shell => ["/bin/sh", entrypoint, .. Words(files)],
            _ => [entrypoint, .. Words(files)],
        })
        {
            Requires = new LaunchRequirements { Machine = program.Elf?.Machine, Loader = program.Elf?.Loader, Glibc = program.Elf?.Glibc },
        };
    }

    private static string Program(TargetFiles files) =>
        files.WorkingFolder.Length == 0 ? files.Entrypoint : AppFolder.Path(files.Entrypoint);

    private static string[] Words(TargetFiles files) => [.. files.Target.Cmd.Select(c => c.Value)];
}

/// <summary>A command that prepares the sandbox's own folders before the start.</summary>
/// <param name="Toolchain">With what.</param>
/// <param name="Argv">Program and arguments inside the sandbox.</param>
/// <param name="Fetches">True when it has to reach a package index.</param>
internal sealed record PrepareCommand(ToolchainPlan Toolchain, IReadOnlyList<string> Argv, bool Fetches);
