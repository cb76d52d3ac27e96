using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Sources;

/// <summary>A state of a repository, on this machine.</summary>
/// <param name="Folder">Absolute path of its files; nothing else is in there but the tree document.</param>
/// <param name="Commit">Which one, in hex.</param>
/// <param name="Identity">The tree's identity (specs: trust 1).</param>
/// <param name="Notice">Why it may not be the newest; null when it is.</param>
public sealed record FetchedSource(string Folder, string Commit, string Identity, Diagnostic? Notice = null);
