namespace Capsule.Core.Diagnostics;

/// <summary>What the first two digits of a code stand for (design.md 4).</summary>
internal static class DiagnosticAreas
{
    public static string Title(string hundred) => hundred switch
    {
        "00" => "Capsule manifests",
        "02" => "Kit manifests",
        "03" => "Tests of a Kit",
        "04" => "Workflow manifests",
        "06" => "Plugin manifests",
        "08" => "Atom manifests",
        "09" => "Files and their languages",
        "10" => "The lock",
        "20" => "Package identity",
        "21" => "Archives",
        "22" => "Packing",
        "23" => "NuGet packages",
        "30" => "Signatures",
        "31" => "Trust policy",
        "32" => "Keys",
        "33" => "Provenance and SBOM",
        "40" => "Feeds",
        "41" => "The store",
        "42" => "Sources",
        "43" => "Repositories, package files and catalogs",
        "50" => "Starting",
        "51" => "The sandbox",
        "52" => "Toolchains",
        "53" => "Network",
        "54" => "Running",
        "55" => "Tools and skills of Kits",
        "57" => "Running Kits",
        "59" => "Not available yet",
        "60" => "Tests",
        "90" => "The SDK and MSBuild",
        "91" => "The command line",
        "92" => "The host",
        _ => "Diagnostics",
    };
}
