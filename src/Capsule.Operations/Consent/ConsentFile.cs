using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;

namespace Capsule.Operations.Consent;

/// <summary>
/// The file that holds one package's consent, <c>CAPSULE_HOME/consent/PUBLISHER.SLUG.toml</c>. It is written when somebody says
/// yes, may be written by hand, and is gone when it is deleted. That of a stranger's package is <c>strangers/CONTENT.toml</c>, names where
/// it came from as <c>package</c>, and has <c>content</c> too.
/// <code>
/// package = "acme/hello-kit"
/// signers = ["acme"]
/// permission_hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
/// permissions = [
///   "hello/prepare may connect to every public host",
///   "hello may read a folder of yours, as /mnt/models",
/// ]
/// grants_hash = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"
/// grants = [
///   "the mount 'models' is /data/models",
/// ]
/// </code>
/// </summary>
public static class ConsentFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly FieldKinds Kinds = new()
    {
        WrongType = ConsentDiagnostics.WrongType,
        Unknown = ConsentDiagnostics.Unknown,
        Missing = ConsentDiagnostics.FieldMissing,
        // No field of this file has a list of allowed words or a range.
        NotAllowed = ConsentDiagnostics.WrongType,
        OutOfRange = ConsentDiagnostics.WrongType,
    };

    /// <summary>Reads the file; without one nobody agreed to anything (CAP5440 to CAP5442).</summary>
    public static Result<ConsentRecord> Load(string path)
    {
        if (!File.Exists(path))
        {
            return ConsentRecord.None;
        }

        var text = SourceText.Load(path);
        var document = text.Succeeded ? TomlReader.Read(text.Value) : Result.Failed<MappingNode>(text.Diagnostics);
        return document.Succeeded ? Read(document.Value) : Result.Failed<ConsentRecord>(document.Diagnostics);
    }

    /// <summary>Writes the file whole, readable by its owner only.</summary>
    public static void Save(string path, ConsentRecord record)
    {
        var text = new StringBuilder();
        text.Append("# What ").Append(record.Package).Append(" may do here. Delete this file to be asked again.\n");
        text.Append("package = ").Append(TomlWriter.String(record.Package)).Append('\n');
        if (record.Content.Length > 0)
        {
            text.Append("content = ").Append(TomlWriter.String(record.Content)).Append('\n');
        }

        text.Append("signers = [").AppendJoin(", ", record.Signers.Select(TomlWriter.String)).Append("]\n");
        text.Append("permission_hash = ").Append(TomlWriter.String(record.PermissionHash)).Append('\n');
        List(text, "permissions", record.Permissions);
        if (record.Grants.Count > 0)
        {
            text.Append("grants_hash = ").Append(TomlWriter.String(record.GrantsHash)).Append('\n');
            List(text, "grants", record.Grants);
        }

        WholeFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), Private);
    }

    private static void List(StringBuilder text, string name, IEnumerable<string> entries)
    {
        text.Append(name).Append(" = [\n");
        foreach (var entry in entries)
        {
            text.Append("  ").Append(TomlWriter.String(entry)).Append(",\n");
        }

        text.Append("]\n");
    }

    private static Result<ConsentRecord> Read(MappingNode document)
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(document, Kinds, problems)!;
        var package = root.RequiredString("package");
        var hash = root.RequiredString("permission_hash");
        var record = new ConsentRecord(package?.Value ?? "", Texts(root.Strings("signers")), hash?.Value ?? "", Texts(root.Strings("permissions")))
        {
            Content = root.String("content")?.Value ?? "",
            GrantsHash = root.String("grants_hash")?.Value ?? "",
            Grants = Texts(root.Strings("grants")),
        };
        root.RefuseUnknown();
        return problems.Count > 0 ? Result.Failed<ConsentRecord>(problems) : record;
    }

    private static string[] Texts(IReadOnlyList<Field<string>>? fields) => [.. (fields ?? []).Select(f => f.Value)];
}
