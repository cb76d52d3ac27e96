using System.Text.Json.Nodes;
using Capsule.Families.Kits.Model;

namespace Capsule.Operations.Kits.Describing;

/// <summary>A Kit for programs: the same facts as <see cref="KitDescriptionText"/>, always the same members.</summary>
public static class KitDescriptionJson
{
    public static JsonObject Of(KitDescription kit, string program)
    {
        var manifest = kit.Manifest;
        return new JsonObject
        {
            ["kit"] = manifest.Name.Value,
            ["license"] = manifest.License?.Value,
            ["manifest"] = manifest.FileName,
            ["exposes"] = Array(manifest.Expose.SelectMany(e => ExposedEndpoint.Of(manifest, e).Select(x => new JsonObject
            {
                ["path"] = x.PublicPath,
                ["protocol"] = x.Protocol,
                ["workload"] = e.Target.Value,
                ["endpoint"] = x.Path,
                ["defaultMcp"] = x.IsDefaultMcp,
            }))),
            ["requires"] = new JsonObject
            {
                ["secrets"] = Array(manifest.KitSecrets.Select(s => Secret(s, false)).Concat(manifest.VaultSecrets.Select(s => Secret(s, true)))),
                ["hostMounts"] = Array(manifest.HostMounts.Select(m => new JsonObject { ["id"] = m.Id.Value, ["access"] = KitDescriptionText.Word(m.Access), ["usage"] = m.Usage.Value })),
                ["options"] = Array(manifest.Options.OrderBy(o => o.Id.Value, StringComparer.Ordinal).Select(Option)),
                ["externalServices"] = Array(KitDescriptionText.Services(manifest).Select(s => new JsonObject
                {
                    ["workload"] = s.Workload,
                    ["kind"] = s.Relay.Kind.Value,
                    ["host"] = RelayKind.All[s.Relay.Kind.Value].Host,
                    ["secret"] = s.Relay.ApiKeySecret.Value,
                })),
                ["dependencies"] = Array(manifest.Dependencies.Select(Dependency)),
            },
            ["useAsDependency"] = string.Join('\n', DependencySnippet.Lines(kit)),
            ["commands"] = new JsonObject(KitDescriptionText.Commands(kit, program).Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        };
    }

    private static JsonObject Secret(SecretDeclaration secret, bool vault) => new()
    {
        ["id"] = secret.Key.Value,
        ["source"] = secret.SourceText,
        ["vault"] = vault,
        ["usage"] = secret.Usage.Value,
    };

    private static JsonObject Option(KitOption option) => new()
    {
        ["id"] = option.Id.Value,
        ["kind"] = option.Kind.Value,
        ["required"] = option.Required,
        ["default"] = option.DefaultText,
        ["values"] = Array(option.EnumValues.Select(v => JsonValue.Create(v.Value))),
        ["description"] = option.Description,
    };

    private static JsonObject Dependency(Dependency dependency) => new()
    {
        ["id"] = dependency.Id.Value,
        ["path"] = dependency.Path?.Value,
        ["git"] = dependency.Git?.Value,
        ["ref"] = dependency.Ref?.Value,
        ["options"] = new JsonObject(dependency.Options.Select(o => KeyValuePair.Create(
            o.Key.Value, (JsonNode?)(o.Value.FromOption is { } own ? new JsonObject { ["fromOption"] = own.Value } : o.Value.Literal!.Value)))),
        ["mounts"] = new JsonObject(dependency.MountBindings.Select(b => KeyValuePair.Create(b.Key.Value, (JsonNode?)b.Value.Value))),
        ["secrets"] = new JsonObject(dependency.SecretBindings.Select(b => KeyValuePair.Create(b.Key.Value, (JsonNode?)b.Value.Value))),
    };

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);
}
