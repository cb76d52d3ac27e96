using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>
/// What every task here has: cancellation, and diagnostics that become errors and warnings at their place. The work is
/// a library's; a task only translates (specs: msbuild-sdk 1.7). Paths come in absolute: many projects share a process.
/// </summary>
public abstract class CapsuleTask : Microsoft.Build.Utilities.Task, ICancelableTask, IMultiThreadableTask
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>The project's folder and environment; MSBuild sets it before the task runs.</summary>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <summary>The SDK's folder, for links to its help pages.</summary>
    public string? SdkRoot { get; set; }

    /// <summary>The project; a problem without a place of its own is shown there, not in a file of the SDK.</summary>
    [Required]
    public string Project { get; set; } = "";

    public void Cancel() => _cancel.Cancel();

    public sealed override bool Execute()
    {
        var log = new DiagnosticLog(Log, SdkRoot, OrNull(Project));
        try
        {
            _cancel.Token.ThrowIfCancellationRequested();
            log.Write(RunAsync(_cancel.Token).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (RefusedException refused)
        {
            log.Write([refused.Diagnostic]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.Write([SdkDiagnostics.FileUnusable.Now((failure as FileNotFoundException)?.FileName ?? GetType().Name, failure.Message)]);
        }
        catch (Exception failure)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", failure);
            log.Write([SdkDiagnostics.Unexpected.Now(GetType().Name, failure.Message)]);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the work. Problems are returned; the task fails when one of them is an error.</summary>
    protected abstract Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel);

    private protected string Absolute(string path) => TaskEnvironment.GetAbsolutePath(path);

    /// <summary>MSBuild hands an unset property over as an empty text.</summary>
    private protected static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Where the user's keys and trust are: CAPSULE_HOME, else <c>~/.capsule</c>.</summary>
    private protected string CapsuleHome() => OrNull(TaskEnvironment.GetEnvironmentVariable("CAPSULE_HOME"))
        ?? Path.Combine(OrNull(TaskEnvironment.GetEnvironmentVariable("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".capsule");

    /// <summary>A secret in a variable of this build, which need not be one of this process.</summary>
    private protected SecretReference? SecretNamed(string? variable) =>
        OrNull(variable) is { } name ? SecretReference.Environment(name, TaskEnvironment.GetEnvironmentVariable) : null;

    /// <summary>With this switch MSBuild writes the whole environment into its logs, secrets included.</summary>
    private protected void RefuseLoggedEnvironment()
    {
        if (OrNull(TaskEnvironment.GetEnvironmentVariable("MSBUILDLOGALLENVIRONMENTVARIABLES")) is not null)
        {
            throw new RefusedException(SdkDiagnostics.EnvironmentLogged.Now());
        }
    }

    /// <summary>The line that says what was made, in the form that other projects have it.</summary>
    private protected void Made(string path) =>
        Log.LogMessage(MessageImportance.High, "  {0} -> {1}", Path.GetFileName(path), path);
}
