namespace Capsule.Core.Schemas;

/// <summary>
/// What may stand as the value of a field. A family declares its manifests in these shapes; its readers take known keys,
/// allowed values and ranges from them, and the JSON Schemas for editors are written from them.
/// </summary>
public abstract record ValueShape
{
    private protected ValueShape()
    {
    }
}
