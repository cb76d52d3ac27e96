using System.Text;
using Capsule.Core.Text;

namespace Capsule.Packaging.Locking;

/// <summary>Writes a lock: one order, one form, LF.</summary>
internal static class LockWriter
{
    public static string Write(LockFile file)
    {
        var text = new StringBuilder("# Written by 'capsule lock'. Commit it; do not edit it.\n");
        text.Append("version = ").Append(LockFile.FormatVersion).Append('\n');
        Field(text, "sdk", file.Sdk);
        foreach (var toolchain in file.Toolchains.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append("\n[[toolchain]]\n");
            Field(text, "name", toolchain.Name);
            Field(text, "wanted", toolchain.Wanted);
            Field(text, "version", toolchain.Version);
            text.Append("[toolchain.packages]\n");
            foreach (var (package, integrity) in toolchain.Packages.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                Field(text, package, integrity);
            }
        }

        foreach (var dependency in file.Dependencies.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            text.Append("\n[[dependency]]\n");
            Field(text, "name", dependency.Name);
            Field(text, "version", dependency.Version);
            Field(text, "git", dependency.Git);
            Field(text, "wanted", dependency.Wanted);
            Field(text, "commit", dependency.Commit);
            Field(text, "folder", dependency.Folder);
            Field(text, "tree", dependency.Tree);
        }

        return text.ToString();
    }

    private static void Field(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(TomlWriter.Key(key)).Append(" = ").Append(TomlWriter.String(value)).Append('\n');
        }
    }
}
