using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>A mount whose source is held open; null for memory.</summary>
internal sealed record OpenedMount(CellMount Mount, SafeFileHandle? Source);
