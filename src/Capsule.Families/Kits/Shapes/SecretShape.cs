using System.Text.Json.Nodes;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>Declarations of secrets (specs: kits 1.7).</summary>
internal static class SecretShape
{
    private static readonly TextShape Password = TextShape.OneOf("password");

    /// <summary>A generated one must say that it is a password.</summary>
    public static TableShape KitSecret { get; } = Secret("kit_secret", "opaque") with
    {
        Rules = [TableRule.With("source", "generate") with { Requires = ["format"], Fits = [("format", Password)] }],
    };

    /// <summary>A password unless it says otherwise.</summary>
    public static TableShape VaultSecret { get; } = Secret("vault_secret", "password") with
    {
        Rules = [TableRule.With("source", "generate") with { Fits = [("format", Password)] }],
    };

    private static TableShape Secret(string name, string format) => new(name, "A secret that the Kit needs; never its value.",
    [
        new("key", KitTexts.Id, "Its id.") { Required = true },
        new("usage", TextShape.NotBlank, "What it is for; shown to users.") { Required = true },
        new("source", TextShape.OneOf(new Choice("prompt", "The user is asked."), new Choice("generate", "The runner makes one.")), "Where it comes from.") { Default = JsonValue.Create("prompt") },
        new("format", TextShape.OneOf(new Choice("opaque", "Any text."), new Choice("password", "A password.")), "What it looks like.") { Default = JsonValue.Create(format) },
    ]);
}
