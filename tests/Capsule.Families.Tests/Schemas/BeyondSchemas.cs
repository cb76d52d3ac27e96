namespace Capsule.Families.Tests.Schemas;

/// <summary>
/// The rules of manifests that no schema can express: all other codes have a mistake that editors mark. The names of the
/// rules stand with their codes; the reason is why an editor cannot know.
/// </summary>
internal static class BeyondSchemas
{
    private const string Names = "one place of the manifest names what another declares";
    private const string Unique = "compares entries of different places by a part of them";
    private const string Disk = "looks at files";
    private const string Run = "is about a run, not about the manifest";
    private const string Version = "valid in the format; this version of the runner does not do it yet";

    public static IReadOnlyDictionary<string, string> Codes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CAP0009"] = "a NUL in a text: editors would have to check every string for it",
        ["CAP0011"] = "counts only those keys of [targets] that the author chose",
        ["CAP0012"] = Names,
        ["CAP0021"] = Run,
        ["CAP0022"] = "fields that only the reference tool reads: part of the format, so no mark",
        ["CAP0024"] = "a note, no mistake",
        ["CAP0025"] = Run,
        ["CAP0026"] = "compares numbers of two tables",
        ["CAP0038"] = Disk,
        ["CAP0039"] = Disk,
        ["CAP0040"] = "a file name of an older form",
        ["CAP0041"] = Disk,
        ["CAP0042"] = Disk,
        ["CAP0043"] = Disk,
        ["CAP0044"] = Disk,
        ["CAP0045"] = Disk,
        ["CAP0047"] = Disk,
        ["CAP0050"] = "compares a number with a text",
        ["CAP0051"] = Disk,
        ["CAP0052"] = Disk,
        ["CAP0053"] = Disk,
        ["CAP0054"] = Disk,
        ["CAP0055"] = Disk,
        ["CAP0056"] = Disk,
        ["CAP0057"] = Disk,
        ["CAP0060"] = Version,
        ["CAP0061"] = Version,
        ["CAP0062"] = Version,
        ["CAP0211"] = "says of a wrong type what it is; editors mark the type",
        ["CAP0212"] = "a control character in a text: editors would have to check every string for it",
        ["CAP0213"] = "bounds that protect the build from hostile manifests",
        ["CAP0220"] = "no workload at all: the same rule as for no variant, CAP0224",
        ["CAP0225"] = Names,
        ["CAP0226"] = Names,
        ["CAP0228"] = Names,
        ["CAP0231"] = Names,
        ["CAP0232"] = Unique,
        ["CAP0234"] = Names,
        ["CAP0236"] = Names,
        ["CAP0237"] = Unique,
        ["CAP0238"] = Unique,
        ["CAP0239"] = Names,
        ["CAP0242"] = Unique,
        ["CAP0243"] = Names,
        ["CAP0244"] = "names that the runner sets: a warning about a list that grows",
        ["CAP0251"] = "compares two fields of one option",
        ["CAP0255"] = Run,
        ["CAP0256"] = Run,
        ["CAP0257"] = Run,
        ["CAP0258"] = Names,
        ["CAP0259"] = Names,
        ["CAP0260"] = Names,
        ["CAP0261"] = Names,
        ["CAP0263"] = Unique,
        ["CAP0264"] = Unique,
        ["CAP0266"] = Names,
        ["CAP0267"] = Names,
        ["CAP0268"] = Names,
        ["CAP0269"] = Names,
        ["CAP0273"] = Names,
        ["CAP0274"] = Names,
        ["CAP0275"] = Names,
        ["CAP0280"] = Disk,
        ["CAP0281"] = Disk,
        ["CAP0300"] = Disk,
        ["CAP0302"] = Unique,
        ["CAP0308"] = Names,
        ["CAP0309"] = Names,
        ["CAP0310"] = Names,
        ["CAP0313"] = Names,
        ["CAP0314"] = Names,
        ["CAP0315"] = Names,
        ["CAP0316"] = "a number that JSON does not have",
        ["CAP0317"] = Disk,
    };
}
