using Capsule.Core.Diagnostics;
using Capsule.Operations.Kits.Skills;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;

namespace Capsule.Cli.Shell;

/// <summary>How a program tells what happens while a verb works. What it has to say at the end is an <see cref="Answer"/>.</summary>
internal interface IVoice
{
    /// <summary>A line of talk.</summary>
    void Say(string line);

    /// <summary>What is not as it should be, and ends nothing.</summary>
    void Tell(IReadOnlyList<Diagnostic> notes);

    /// <summary>What was named is found: where a stranger's comes from has to be told.</summary>
    void Found(RunTarget target);

    /// <summary>A line of a run's log.</summary>
    void Log(LogLine line);

    /// <summary>A line of the log of a run that is tested.</summary>
    void LogOfTest(LogLine line);

    /// <summary>A package runs and answers.</summary>
    void Started(RunTarget target, RunningPackage running);

    /// <summary>The tools of a package that runs are shown to an agent.</summary>
    void Skilled(InstalledSkill skill);

    /// <summary>The cases of a package are about to be put to it.</summary>
    void Testing(RunTarget target, RunMode? mode);

    /// <summary>How far the package under test has come.</summary>
    void Reached(RunTarget target, TestStage stage);

    /// <summary>The result of a case.</summary>
    void Tested(CaseResult result);
}
