using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>An <c>atom.toml</c> as a package carries it: without the tables <c>[signature.*]</c>, each from its header to the next header or the end (specs: trust 1).</summary>
internal static class UnsignedText
{
    public static string Of(SourceText source) =>
        TomlEditor.Open(source) is { Succeeded: true } editor ? editor.Value.TextWithoutTables("signature") : source.Text;
}
