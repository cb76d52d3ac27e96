using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Packaging.Envelopes;

namespace Capsule.Packaging.Containers;

/// <summary>The signature lines beside a package: <c>FILE.sigstore.jsonl</c> (specs: trust 2). What they mean is Trust's business.</summary>
internal static class SignatureFile
{
    /// <summary>Trust reads no more than this.</summary>
    public const int MaxBytes = 1 << 20;

    public static ReadOnlyMemory<byte>? ReadBeside(string package)
    {
        var file = new FileInfo(package + ContainerFormat.SignatureExtension);
        if (!file.Exists)
        {
            return null;
        }

        return file.Length <= MaxBytes
            ? RegularFile.ReadAllBytes(file.FullName, MaxBytes)
            : throw new RefusedException(EnvelopeDiagnostics.SignatureSize.In(file.FullName, Path.GetFileName(package)));
    }
}
