namespace Capsule.Runtime.Sandbox.Refusals;

/// <summary>A kind of system call that the filter refuses; the kinds are few, so each can be told once and counted.</summary>
/// <param name="Target">What was asked for: a system call's name, or a family of sockets.</param>
/// <param name="Words">What the process may not do, for the middle of a sentence: <c>trace a process</c>.</param>
public sealed record RefusedCall(string Target, string Words)
{
    /// <summary>A socket of the internet's families, which a wider network would grant; nothing grants any other call.</summary>
    public bool Internet { get; init; }

    /// <summary>Whether <see cref="Target"/> is a family of sockets.</summary>
    public bool Socket { get; init; }

    /// <summary>Ordinary runtimes try it at their start and do without: worth a line in the log, not a warning.</summary>
    public bool Harmless { get; init; }
}
