namespace Capsule.Operations.Kits.Framing;

/// <summary>Frames that cannot be read, or that say that something failed.</summary>
internal sealed class FrameException(string message) : Exception(message);
