using System.Text.Json.Serialization;

namespace Capsule.Runtime.Supervision;

/// <summary>How much a line of a log matters.</summary>
public enum LogLevel
{
    Debug,
    Info,
    Warn,
    Error,
}

/// <summary>One line of a run's log; on disk one JSON object per line.</summary>
/// <param name="Time">When the runner read it, or when the workload says it was written.</param>
/// <param name="Process">Process id of the plan, or <c>capsule</c> for the runner's own lines.</param>
/// <param name="Stream">out, err, or runner.</param>
/// <param name="Level">As the workload says; plain lines are info, on the error stream too.</param>
/// <param name="Text">The message, control characters and all; print <see cref="Printable"/> on a terminal.</param>
/// <param name="Fields">The structured line's fields as JSON text, or null.</param>
/// <param name="Denial">What was refused, where the line says that something was.</param>
public sealed record LogLine(DateTimeOffset Time, string Process, string Stream, LogLevel Level, string Text, string? Fields = null, Denial? Denial = null)
{
    /// <summary>
    /// Its place among the lines of its run, from 1. A clock may be set while a package runs, and a workload may say any time.
    /// </summary>
    public long Number { get; init; }

    /// <summary>The name under which the runner's own lines appear.</summary>
    public const string Runner = "capsule";

    /// <summary>The text without what a terminal would act on: a workload must not move the cursor or set a title.</summary>
    [JsonIgnore]
    public string Printable => LogText.Strip(Text);
}
