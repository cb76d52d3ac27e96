using System.Collections;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>MSBuild as a task sees it: it keeps what it is told and builds nothing.</summary>
internal sealed class FakeBuildEngine : IBuildEngine
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    /// <summary>Called at every warning, in the middle of the task that says it.</summary>
    public Action? Warned { get; set; }

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "/project/Hello.capproj";

    public string All => string.Join('\n', [.. Errors.Select(e => e.Message), .. Warnings.Select(w => w.Message), .. Messages.Select(m => m.Message)]);

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e)
    {
        Warnings.Add(e);
        Warned?.Invoke();
    }

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException("A task of ours never calls back into the engine.");
}
