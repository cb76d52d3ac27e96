namespace Capsule.Families.Atoms.Classes;

/// <summary>Protocol Buffers: services for gRPC, messages for schemas (the language's text form, read as words).</summary>
internal static class ProtobufRules
{
    public static void Grpc(ClassCheck check)
    {
        if (Read(check) is not { } file)
        {
            return;
        }

        if (file.Syntax != "proto3")
        {
            check.Report(check.AssetPlace, "the asset must state syntax = \"proto3\"", "Begin the file with: syntax = \"proto3\";");
        }

        if (!file.HasRpc)
        {
            check.Report(check.AssetPlace, "the asset must have a service with at least one rpc", "Declare it, or use the class protobuf-schema.");
        }
    }

    public static void Schema(ClassCheck check)
    {
        if (Read(check) is not { } file)
        {
            return;
        }

        if (!file.HasType)
        {
            check.Report(check.AssetPlace, "the asset must have at least one message or enum", "Declare one at the top level of the file.");
        }

        if (file.HasService)
        {
            check.Report(check.AssetPlace, "the asset must have no service", "Use the class grpc-spec for services.");
        }
    }

    private static ProtobufFile? Read(ClassCheck check)
    {
        if (check.Text is not { } text)
        {
            return null;
        }

        var file = ProtobufFile.Read(text.Text);
        if (file is null)
        {
            check.Report(text.Whole, "the asset is no Protocol Buffers file: comments, strings or braces do not close", "Compile it with protoc to find the place.");
        }

        return file;
    }
}
