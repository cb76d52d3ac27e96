using Capsule.Core.Text;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms;

/// <summary>Reads one table <c>[keys.backends.NAME]</c> of the user's settings.</summary>
internal static class KeyBackendReader
{
    private const string Command = "command";

    private static readonly string[] Kinds = ["encrypted-file", Command, "insecure-file"];

    private static readonly string[] Protocols = [KeyBackendSettings.Line, KeyBackendSettings.Json];

    /// <param name="fields">The table.</param>
    /// <param name="expand">Replaces a leading <c>~</c>.</param>
    /// <param name="absolute">Makes a path absolute.</param>
    public static KeyBackendSettings? Read(FieldReader fields, Func<string, string> expand, Func<string, string> absolute)
    {
        var kind = fields.RequiredOneOf("kind", Kinds);
        var program = fields.String("program");
        if (kind?.Value == Command && (program is null || !Path.IsPathFullyQualified(expand(program.Value))))
        {
            fields.Report(AtomSettingsDiagnostics.Invalid.At(program?.Span ?? fields.Place, "A backend of the kind 'command' needs 'program', an absolute path.", "Write the program's full path."));
        }

        var backend = kind is null ? null : new KeyBackendSettings(kind.Value)
        {
            Program = program is null ? null : expand(program.Value),
            Arguments = [.. (fields.Strings("arguments") ?? []).Select(a => a.Value)],
            Protocol = fields.OneOf("protocol", Protocols)?.Value ?? KeyBackendSettings.Line,
            Timeout = fields.Integer("timeout_seconds", 1, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds.Value) : null,
            Folder = fields.String("folder") is { } folder ? absolute(folder.Value) : null,
            PassphraseFile = fields.String("passphrase_file") is { } file ? absolute(file.Value) : null,
            PassphraseVariable = fields.String("passphrase_variable")?.Value,
        };
        fields.RefuseUnknown();
        return backend;
    }
}
