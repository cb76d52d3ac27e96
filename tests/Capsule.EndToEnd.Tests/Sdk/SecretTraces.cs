using System.IO.Compression;
using System.Text;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Looks for a secret in what a build leaves behind.</summary>
internal static class SecretTraces
{
    /// <summary>A binary log without its compression.</summary>
    public static async Task<byte[]> ReadBinaryLogAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using var zip = new GZipStream(file, CompressionMode.Decompress);
        using var log = new MemoryStream();
        await zip.CopyToAsync(log);
        return log.ToArray();
    }

    /// <summary>The forms in which the data hold the secret, for example <c>UTF-8, base64 at 1</c>; empty when they do not.</summary>
    public static string In(byte[] data, string secret) =>
        string.Join(", ", Forms(secret).Where(f => data.AsSpan().IndexOf(f.Bytes) >= 0).Select(f => f.Name));

    /// <summary>The text as it is, as UTF-16, and the parts of its base64 that do not depend on where it begins.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string secret)
    {
        yield return ("UTF-8", Encoding.UTF8.GetBytes(secret));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(secret));
        for (var shift = 0; shift < 3; shift++)
        {
            var base64 = Convert.ToBase64String([.. new byte[shift], .. Encoding.UTF8.GetBytes(secret)]);
            yield return ($"base64 at {shift}", Encoding.UTF8.GetBytes(base64[4..^4]));
        }
    }
}
