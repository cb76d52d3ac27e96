using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>A public path and the endpoints of one workload that answer below it (specs: kits 1.5).</summary>
public sealed record ExposeEntry
{
    public required Field<string> Path { get; init; }

    public required Field<string> Target { get; init; }

    /// <summary>Protocol names or endpoint paths.</summary>
    public required IReadOnlyList<Field<string>> Endpoints { get; init; }

    public Field<bool>? DefaultMcp { get; init; }

    /// <summary>
    /// The public prefix of one of the endpoints: with a single endpoint the public path stands for it; with several, each
    /// is found at the public path followed by its internal path.
    /// </summary>
    public string PrefixOf(string endpointPath) =>
        Endpoints.Count == 1 ? Path.Value : Path.Value == "/" ? endpointPath : Path.Value + (endpointPath == "/" ? "" : endpointPath);
}
