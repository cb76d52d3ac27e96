using Capsule.Core.Identity;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Rules;

/// <summary>An asset is a bare name of a regular file beside <c>atom.toml</c>. The name is judged before anything is opened.</summary>
internal static class AssetFile
{
    public static void Check(AtomCheck check, Field<string> asset)
    {
        var name = asset.Value;
        var why = name.AsSpan().ContainsAny('/', '\\') ? "it is a path, and a bare file name is needed"
            : name.StartsWith('.') ? "it starts with a dot, and such files are not part of an atom"
            : name == AtomNames.ManifestName ? "that is the manifest itself"
            : TreePath.Check(name) is { } bad ? bad.Message.TrimEnd('.')
            : FileTypeReader.Read(Path.Combine(check.Folder, name)) switch
            {
                FileType.Regular => null,
                FileType.Missing => "there is no such file",
                FileType.Link => "it is a link",
                FileType.Folder => "it is a folder",
                _ => "it is a pipe, a socket or a device",
            };
        if (why is not null)
        {
            check.Report(AtomDiagnostics.Asset.At(asset.Span, TreePath.Show(name), why));
        }
    }
}
