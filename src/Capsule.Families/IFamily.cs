using Capsule.Core.Diagnostics;

namespace Capsule.Families;

/// <summary>A kind of package: which manifest it has and how that becomes plans (design.md 2).</summary>
public interface IFamily
{
    /// <summary>One of <see cref="Core.Plans.FamilyNames"/>.</summary>
    string Name { get; }

    /// <summary>True when a file of this name is this family's manifest, for example <c>capability.yml</c>.</summary>
    bool Recognises(string fileName);

    /// <summary>Reads the manifest, checks every rule, and makes the plans. Collects all problems.</summary>
    Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default);
}
