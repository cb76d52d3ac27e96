namespace Capsule.Runtime.Testing;

/// <summary>How the command of an exec case ended.</summary>
/// <param name="ExitCode">As a shell would say it: 128 and the number for a signal.</param>
/// <param name="Output">What it printed, or as much of it as was kept.</param>
/// <param name="Error">What it printed on the error stream.</param>
/// <param name="ArtifactRoot">The workload's folder, as the command saw it.</param>
/// <param name="CommandRoot">The folder in which the command started.</param>
public sealed record CommandOutcome(int ExitCode, string Output, string Error, string ArtifactRoot, string CommandRoot);
