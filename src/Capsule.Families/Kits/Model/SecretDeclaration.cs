using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>A secret that a Kit needs, never its value (specs: kits 1.7).</summary>
/// <param name="Key">Its id.</param>
/// <param name="Usage">What it is for.</param>
/// <param name="Source"><c>prompt</c> or <c>generate</c>; null means prompt.</param>
/// <param name="Format"><c>opaque</c> or <c>password</c>; null means opaque for a kit secret, password for a vault secret.</param>
public sealed record SecretDeclaration(Field<string> Key, Field<string> Usage, Field<string>? Source, Field<string>? Format)
{
    /// <summary>prompt or generate.</summary>
    public string SourceText => Source?.Value ?? "prompt";
}
