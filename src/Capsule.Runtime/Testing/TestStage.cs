namespace Capsule.Runtime.Testing;

/// <summary>How far a package under test has come. It is prepared and started once for all cases with the same fixtures.</summary>
public enum TestStage
{
    /// <summary>Its prepare commands are about to run.</summary>
    Preparing,

    /// <summary>Its cells are prepared: commands can run.</summary>
    Prepared,

    /// <summary>It runs and answers.</summary>
    Ready,

    /// <summary>What ran is stopped.</summary>
    Stopped,
}
