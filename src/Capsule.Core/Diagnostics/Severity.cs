namespace Capsule.Core.Diagnostics;

/// <summary>How serious a diagnostic is. Only <see cref="Error"/> makes a verb fail.</summary>
public enum Severity
{
    Info,
    Warning,
    Error,
}
