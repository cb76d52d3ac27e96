using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Compression;

/// <summary>The functions of the system's libzstd that we use. The base library has no zstd before .NET 11.</summary>
internal static unsafe partial class ZstdLibrary
{
    private const string Name = "libzstd";

    private static readonly string[] Candidates = OperatingSystem.IsWindows() ? ["libzstd.dll", "zstd.dll"]
        : OperatingSystem.IsMacOS() ? ["libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib"]
        : ["libzstd.so.1"];

    static ZstdLibrary() => NativeLibrary.SetDllImportResolver(typeof(ZstdLibrary).Assembly, Resolve);

    /// <summary>The library's version, for example <c>1.5.4</c>; provenance records it, since archive bytes depend on it.</summary>
    public static string Version
    {
        get
        {
            var number = Require(VersionNumber);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number / 10000}.{number / 100 % 100}.{number % 100}");
        }
    }

    /// <summary>Calls the library; its absence is CAP2114 rather than an exception of the loader.</summary>
    public static T Require<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new RefusedException(ArchiveDiagnostics.CodecMissing.Now(e.Message.ReplaceLineEndings(" ")));
        }
    }

    public static bool IsError(nuint code) => IsErrorCode(code) != 0;

    public static string ErrorText(nuint code) => Marshal.PtrToStringUTF8(ErrorName(code)) ?? "unknown error";

    [LibraryImport(Name, EntryPoint = "ZSTD_versionNumber")]
    public static partial uint VersionNumber();

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    public static partial nint CreateCompressor();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    public static partial nuint FreeCompressor(nint context);

    [LibraryImport(Name, EntryPoint = "ZSTD_CCtx_setParameter")]
    public static partial nuint SetParameter(nint context, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_CCtx_setPledgedSrcSize")]
    public static partial nuint SetSourceSize(nint context, ulong size);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressStream2")]
    public static partial nuint Compress(nint context, ref Buffer output, ref Buffer input, int directive);

    [LibraryImport(Name, EntryPoint = "ZSTD_createDCtx")]
    public static partial nint CreateDecompressor();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeDCtx")]
    public static partial nuint FreeDecompressor(nint context);

    [LibraryImport(Name, EntryPoint = "ZSTD_DCtx_setParameter")]
    public static partial nuint SetDecompressorParameter(nint context, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_decompressStream")]
    public static partial nuint Decompress(nint context, ref Buffer output, ref Buffer input);

    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    private static partial uint IsErrorCode(nuint code);

    [LibraryImport(Name, EntryPoint = "ZSTD_getErrorName")]
    private static partial nint ErrorName(nuint code);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException($"{string.Join(", ", Candidates)} is not installed.");
    }

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which have the same layout.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer(byte* start, nuint size)
    {
        public byte* Start = start;
        public nuint Size = size;
        public nuint Position;
    }
}
