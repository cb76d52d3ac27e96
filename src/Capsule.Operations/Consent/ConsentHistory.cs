using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Consent;

/// <summary>What was agreed to for other content of the same origin. It is shown beside what is asked now, and stands for no yes.</summary>
internal static class ConsentHistory
{
    /// <summary>The newest; a file that cannot be read is none.</summary>
    public static ConsentRecord Latest(CapsuleHome home, string origin)
    {
        var folder = new DirectoryInfo(ConsentSubject.FolderIn(home));
        var records = folder.Exists ? folder.EnumerateFiles("*.toml").OrderByDescending(f => f.LastWriteTimeUtc).Select(f => ConsentFile.Load(f.FullName).Value) : [];
        return records.FirstOrDefault(r => r?.Package == origin) ?? ConsentRecord.None;
    }
}
