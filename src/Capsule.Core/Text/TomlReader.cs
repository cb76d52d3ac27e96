using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>
/// Reads TOML 1.0.0 into positioned nodes, within <see cref="TomlLimits"/>. The first mistake ends the reading. A table's place is its
/// header, or the key that made it; dates and times come as normalised text.
/// </summary>
public static class TomlReader
{
    public static Result<MappingNode> Read(SourceText source)
    {
        try
        {
            return TomlDocument.Read(source).Root;
        }
        catch (RefusedException e)
        {
            return e.Diagnostic;
        }
    }
}
