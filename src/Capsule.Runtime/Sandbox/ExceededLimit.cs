using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>A limit that a cell or a process of it has reached, as far as it can be seen from outside.</summary>
/// <param name="Name">The limit's name in the plan: memory, pids, tmp (or another memory file system's path), fileSize, wall; limits for all.</param>
/// <param name="Value">Its value with the unit: <c>1048576 bytes</c>; null when it is about all of them.</param>
/// <param name="Problem">A warning that says what came of it.</param>
public sealed record ExceededLimit(string Name, string? Value, Diagnostic Problem);
