using System.Reflection;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli;

/// <summary>Every diagnostic of every room.</summary>
internal static class Catalog
{
    private static readonly string[] Rooms =
    [
        "Capsule.Core", "Capsule.Trust", "Capsule.Families", "Capsule.Packaging",
        "Capsule.Distribution", "Capsule.Runtime", "Capsule.Operations", "capsule",
    ];

    public static DiagnosticCatalog All { get; } = DiagnosticCatalog.Of(Rooms.Select(Assembly.Load));
}
