using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands;

/// <summary>What <c>exec</c> takes.</summary>
internal sealed class ExecOptions
{
    /// <summary>Where and which process, and the command when there is no <c>--</c>; <see cref="ExecCall"/> tells them apart.</summary>
    public Argument<string[]> Where { get; init; } = new("WHERE")
    {
        Description = "A run (its id, its beginning, or the package's name), a project's folder, or a workload of the project in this folder, which is meant without it. A process of it may follow.",
        Arity = new ArgumentArity(0, 2),
    };

    public Argument<string[]> Command { get; } = new("COMMAND") { Description = "Behind --: the program and its arguments.", Arity = ArgumentArity.ZeroOrMore };

    public Option<string?> Process { get; } = new("--process") { Description = "The process to run beside, or whose sandbox it gets: for example hello/start, or its cell.", HelpName = "ID" };

    public Option<bool> All { get; } = new("--all") { Description = "In a project: run it for every workload, one after the other, until one fails." };

    public Option<bool> NoWriteBack { get; } = new("--no-write-back") { Description = "In a project: keep the project as it is, whatever the program changes in its copy." };

    public Option<bool> NoPrepare { get; } = new("--no-prepare") { Description = "In a project: leave the preparation out, for what it needs itself, or when it fails." };

    public SelectionOptions Selection { get; } = new();

    public EnvOptions Env { get; } = new();

    public GrantOptions Grants { get; } = new();

    public SecretOptions Secrets { get; } = new();

    public ConsentOptions Consent { get; } = new();

    public IReadOnlyList<Symbol> Symbols => [Where, Command, Process, All, NoWriteBack, NoPrepare, .. Selection.Symbols, .. Env.Symbols, .. Grants.Symbols, .. Secrets.Symbols, .. Consent.Symbols];

    /// <summary>The options of this call that mean nothing for a run that lives.</summary>
    public string[] OfAProject(VerbContext context) =>
        [.. Symbols.OfType<Option>().Where(o => o != Process && context.Line.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
}
