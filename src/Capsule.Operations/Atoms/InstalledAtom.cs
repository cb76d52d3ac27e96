using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Rules;
using Capsule.Packaging.Containers;

namespace Capsule.Operations.Atoms;

/// <summary>The <c>atom.toml</c> of a package that was unpacked: its signatures lie beside the tree document, outside the identity (docs: atoms).</summary>
internal static class InstalledAtom
{
    /// <summary>The text with its signatures; null where the folder is no unpacked atom, or one without any (CAP0801, CAP0816).</summary>
    public static Result<SourceText>? Read(string path)
    {
        var folder = AtomValidator.FolderOf(path);
        var (manifest, signatures) = (Path.Combine(folder, AtomNames.ManifestName), Path.Combine(folder, NativeSignatures.Path));
        if (!File.Exists(manifest) || FileTypeReader.Read(signatures) != FileType.Regular)
        {
            return null;
        }

        var text = SourceText.Load(manifest);
        var tables = SourceText.Load(signatures, NativeSignatures.Limit);
        var tree = tables.Succeeded ? TomlReader.Read(tables.Value) : Result.Failed<MappingNode>(tables.Diagnostics);
        if (!text.Succeeded || !tables.Succeeded || !tree.Succeeded)
        {
            return Result.Failed<SourceText>(text.Diagnostics.Concat(tree.Diagnostics).Select(d => AtomDiagnostics.NotToml.At(d.Span ?? SourceSpan.Of(manifest), d.Message)));
        }

        // They are put behind the manifest, so they must be tables of their own and nothing that would continue its last one.
        return tables.Value.Text.TrimStart().StartsWith('[') && tree.Value.Entries.All(e => e.Key == "signature")
            ? text.Value with { Text = text.Value.Text + "\n" + tables.Value.Text }
            : AtomDiagnostics.IllegalFile.In(manifest, NativeSignatures.Path, "it holds something else than signatures");
    }
}
