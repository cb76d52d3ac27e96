namespace Capsule.Packaging.Compression;

/// <summary>The libzstd of this machine; archive bytes depend on its version, so the provenance names it.</summary>
public static class ZstdVersion
{
    /// <summary>For example <c>1.5.4</c>.</summary>
    /// <exception cref="Core.Diagnostics.RefusedException">The library is missing (CAP21nn).</exception>
    public static string Text => ZstdLibrary.Version;
}
