using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>A family's own codes for what <see cref="FieldReader"/> finds. The holes that each message and hint may use:</summary>
public sealed record FieldKinds
{
    /// <summary>{0} field path, {1} what is expected ("a string"), {2} what is there ("an integer").</summary>
    public required DiagnosticKind WrongType { get; init; }

    /// <summary>{0} the key, {1} its owner ("the top level", "'workloads.web'"), {2} "Did you mean 'x'?" or "Known: a, b."</summary>
    public required DiagnosticKind Unknown { get; init; }

    /// <summary>{0} path of the missing field, {1} its owner, {2} the bare key.</summary>
    public required DiagnosticKind Missing { get; init; }

    /// <summary>{0} field path, {1} the value, {2} the allowed values, {3} "Did you mean 'x'?" or "Use one of: a, b."</summary>
    public required DiagnosticKind NotAllowed { get; init; }

    /// <summary>{0} field path, {1} the value, {2} least, {3} greatest.</summary>
    public required DiagnosticKind OutOfRange { get; init; }
}
