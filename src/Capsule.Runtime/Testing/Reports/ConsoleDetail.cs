namespace Capsule.Runtime.Testing.Reports;

/// <summary>How much is said about a run while it goes; each step says more than the one before.</summary>
public enum ConsoleDetail
{
    /// <summary>Only what failed.</summary>
    Quiet,

    /// <summary>What failed, and the sum.</summary>
    Minimal,

    /// <summary>Each case with its outcome and time.</summary>
    Normal,

    /// <summary>Also what each case shows.</summary>
    Detailed,
}
