using Capsule.Runtime.Network;

namespace Capsule.Runtime.Shadows;

/// <summary>Two folders, held since before the workload ran, and what was known of them then.</summary>
internal sealed record WriteBackRequest
{
    /// <summary>Where the workload wrote; nothing runs in it any more.</summary>
    public required HeldFolder From { get; init; }

    /// <summary>The user's folder.</summary>
    public required HeldFolder To { get; init; }

    /// <summary>What the user's folder had when it was copied: a file that is other now is the user's work.</summary>
    public FolderState Copied { get; init; } = FolderState.Empty;

    /// <summary>What the command found; only what it changed comes back.</summary>
    public FolderState Before { get; init; } = FolderState.Empty;

    /// <summary>Copied files that the user's folder has under another name or not at all, with the place they came from.</summary>
    public IReadOnlyDictionary<string, string> Elsewhere { get; init; } = new Dictionary<string, string>();

    /// <summary>What the paths of a report begin with: where <see cref="To"/> lies in the project, empty or ended by <c>/</c>.</summary>
    public string Prefix { get; init; } = "";

    public required WriteBackRules Rules { get; init; }

    /// <summary>True for a declared output: what an earlier run left there is replaced, and no folder counts as a build's by-product.</summary>
    public bool IsOutput { get; init; }
}
