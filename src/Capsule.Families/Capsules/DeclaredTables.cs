using Capsule.Core.Schemas;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules;

/// <summary>Tables that describe a capsule without changing how it runs; their types are checked, their content is kept as written.</summary>
internal static class DeclaredTables
{
    private static readonly string[] Platforms =
        [.. ((TextShape)((ListShape)DeclaredShapes.Requirements.Find("platform")!.Value).Item).Values];

    /// <summary>Returns the description.</summary>
    public static string? Metadata(FieldReader root)
    {
        root.String("repository");
        if (root.Mapping("metadata") is not { } metadata)
        {
            return null;
        }

        foreach (var key in (string[])["display_name", "author", "icon", "repository"])
        {
            metadata.String(key);
        }

        metadata.Strings("tags");
        var description = metadata.String("description")?.Value;
        metadata.RefuseUnknown();
        return description;
    }

    public static void Read(FieldReader root, string? type, List<Field<string>> notYet)
    {
        Capabilities(root);
        Model(root);
        Requirements(root);
        Build(root, notYet);
        if (root.Mapping("polymorphism") is { } polymorphism)
        {
            polymorphism.Strings("implements");
            polymorphism.RefuseUnknown();
        }

        if (type == "inference")
        {
            foreach (var table in ((string[])["capabilities", "model"]).Where(t => !root.Has(t)))
            {
                root.Report(CapsuleDiagnostics.InferenceNeeds.At(root.KeySpan("type") ?? root.Place, table));
            }
        }
    }

    private static void Capabilities(FieldReader root)
    {
        if (root.Mapping("capabilities") is { } capabilities)
        {
            capabilities.Boolean("chat");
            capabilities.Boolean("function_calling");
            capabilities.Boolean("vision");
            capabilities.DeclaredInteger("context_length");
            capabilities.RefuseUnknown();
        }
    }

    private static void Model(FieldReader root)
    {
        if (root.Mapping("model") is { } model)
        {
            model.String("source");
            model.DeclaredChoice("quantization");
            model.RefuseUnknown();
        }
    }

    private static void Requirements(FieldReader root)
    {
        if (root.Mapping("requirements") is not { } requirements)
        {
            return;
        }

        foreach (var platform in requirements.Strings("platform") ?? [])
        {
            if (!Platforms.Contains(platform.Value))
            {
                var allowed = string.Join(", ", Platforms);
                requirements.Report(CapsuleDiagnostics.NotAllowed.At(
                    platform.Span, platform.Path.Text, platform.Value, allowed, Spelling.Suggest(platform.Value, Platforms, "Use one of")));
            }
        }

        foreach (var key in (string[])["vram_min", "vram_recommended", "disk"])
        {
            if (requirements.String(key) is { } amount && MemoryAmount.Parse(amount.Value) is null)
            {
                requirements.Report(CapsuleDiagnostics.MemoryAmount.At(amount.Span, amount.Path.Text, amount.Value));
            }
        }

        requirements.Strings("dependencies");
        requirements.RefuseUnknown();
    }

    private static void Build(FieldReader root, List<Field<string>> notYet)
    {
        if (root.Mapping("build") is not { } build)
        {
            return;
        }

        build.Strings("exclude_libs");
        build.Boolean("gpu");
        notYet.AddRange(CapsuleManifestReader.Present(build, "lifecycle"));
        CapsuleManifestReader.NoEffect(build, DeclaredShapes.BuildKeysWithoutEffect);
        build.RefuseUnknown();
    }
}
