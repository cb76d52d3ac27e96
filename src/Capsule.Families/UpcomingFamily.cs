using Capsule.Core.Diagnostics;

namespace Capsule.Families;

/// <summary>A family that is known by its manifest and answers everything with one coded "not yet".</summary>
internal sealed class UpcomingFamily(string name, Func<string, bool> recognises, DiagnosticKind notYet) : IFamily
{
    public string Name => name;

    public bool Recognises(string fileName) => recognises(fileName);

    public Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default) => notYet.In(request.ManifestPath);
}
