namespace Capsule.Operations.Kits.Workloads;

/// <summary>A workload that a Kit is to have.</summary>
/// <param name="Id">A manifest id.</param>
/// <param name="Endpoints">Protocols, each at its default path.</param>
/// <param name="PublicPath">Where they are exposed; null for nowhere.</param>
/// <param name="Files">Its code: paths below its folder, with slashes, and their content.</param>
public sealed record NewWorkload(string Id, IReadOnlyList<string> Endpoints, string? PublicPath, IReadOnlyList<(string Path, byte[] Content)> Files)
{
    public string Folder => $"workloads/{Id}";
}
