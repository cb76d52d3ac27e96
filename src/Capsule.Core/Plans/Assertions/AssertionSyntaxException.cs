namespace Capsule.Core.Plans.Assertions;

/// <summary>A text that is not an assertion or path: where it goes wrong, from its start, and why.</summary>
public sealed class AssertionSyntaxException(int offset, string reason) : Exception(reason)
{
    /// <summary>UTF-16 code units from the start of the text.</summary>
    public int Offset { get; } = offset;
}
