using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Examining;

/// <summary>One thing that a run needs of its machine.</summary>
/// <param name="Name">For people, for example <c>bubblewrap</c>.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Problems">What is missing, each with its remedy; nothing starts where one is an error.</param>
public sealed record MachineCheck(string Name, string Detail, IReadOnlyList<Diagnostic> Problems)
{
    public bool Good => !Problems.Any(p => p.IsError);

    internal static MachineCheck Of(string name, string detail, Diagnostic? problem = null) => new(name, detail, problem is null ? [] : [problem]);
}
