using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Standard input, output and error as a process of a cell gets them. They must be pipes: a terminal or a file of the
/// caller's in a cell would be a way out of it.
/// </summary>
public sealed record CellStreams(SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) : IDisposable
{
    /// <summary>What the kernel says of the three; null when each is a pipe.</summary>
    public string? Foreign() => new[] { Input, Output, Error }
        .Select(handle => new FileInfo($"/proc/self/fd/{handle.Number()}").LinkTarget ?? "nothing")
        .FirstOrDefault(target => !target.StartsWith("pipe:", StringComparison.Ordinal));

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
    }
}
