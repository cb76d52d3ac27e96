using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;

namespace Capsule.Operations.Consent;

/// <summary>
/// The file that holds one package's consent, <c>CAPSULE_HOME/consent/PUBLISHER.SLUG.toml</c>. It is written when somebody says
/// yes, may be written by hand, and is gone when it is deleted.
/// <code>
/// package = "acme/hello-kit"
/// signers = ["acme"]
/// permission_hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
/// permissions = [
///   "hello/prepare may connect to every public host",
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
        text.Append("signers = [").AppendJoin(", ", record.Signers.Select(TomlWriter.String)).Append("]\n");
        text.Append("permission_hash = ").Append(TomlWriter.String(record.PermissionHash)).Append('\n');
        text.Append("permissions = [\n");
        foreach (var permission in record.Permissions)
        {
            text.Append("  ").Append(TomlWriter.String(permission)).Append(",\n");
        }

        WholeFile.Write(path, Encoding.UTF8.GetBytes(text.Append("]\n").ToString()), Private);
    }

    private static Result<ConsentRecord> Read(MappingNode document)
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(document, Kinds, problems)!;
        var package = root.RequiredString("package");
        var hash = root.RequiredString("permission_hash");
        var record = new ConsentRecord(package?.Value ?? "", Texts(root.Strings("signers")), hash?.Value ?? "", Texts(root.Strings("permissions")));
        root.RefuseUnknown();
        return problems.Count > 0 ? Result.Failed<ConsentRecord>(problems) : record;
    }

    private static string[] Texts(IReadOnlyList<Field<string>>? fields) => [.. (fields ?? []).Select(f => f.Value)];
}
