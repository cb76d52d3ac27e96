using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Envelopes;

/// <summary>The signature lines of one package, the content of <c>&lt;file&gt;.sigstore.jsonl</c>: each line one signer's one signature.</summary>
public sealed record SignatureLines(IReadOnlyList<SignatureLine> Lines)
{
    /// <summary>What is put behind a file's name to get the name of its signatures.</summary>
    public const string Suffix = ".sigstore.jsonl";

    /// <summary>Lines at most; each may cost a public-key operation for every known key.</summary>
    public const int MaximumLines = 64;

    /// <summary>Bytes at most.</summary>
    public const int MaximumSize = 1024 * 1024;

    public static SignatureLines None { get; } = new([]);

    /// <summary>Reads a whole file. One malformed line refuses all of it (CAP3000 to CAP3005).</summary>
    public static Result<SignatureLines> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MaximumSize)
        {
            return EnvelopeDiagnostics.TooLarge.Now("more than 1 MiB", "1 MiB");
        }

        var lines = new List<SignatureLine>();
        try
        {
            while (!file.IsEmpty)
            {
                if (lines.Count == MaximumLines)
                {
                    return EnvelopeDiagnostics.TooLarge.Now($"more than {MaximumLines} lines", $"{MaximumLines} lines");
                }

                var end = file.Span.IndexOf((byte)'\n');
                var line = end < 0 ? file : file[..end];
                file = end < 0 ? default : file[(end + 1)..];
                lines.Add(SignatureLineReader.Read(line.ToArray(), lines.Count + 1));
            }
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }

        return new SignatureLines(lines);
    }

    /// <summary>Reads the file of that path; no such file is no lines.</summary>
    public static async Task<Result<SignatureLines>> ReadFileAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var file = RegularFile.OpenRead(path, 1, FileOptions.Asynchronous);
            var buffer = new byte[(int)Math.Min(file.Length, MaximumSize) + 1];
            var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            return Read(buffer.AsMemory(0, read));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return None;
        }
    }

    /// <summary>These lines and one more, unless it is already there.</summary>
    public SignatureLines With(SignatureLine line) =>
        Lines.Any(l => l.Json == line.Json) ? this : new([.. Lines, line with { Number = Lines.Count + 1 }]);

    /// <summary>The keys that came along in lines of their own; throws <see cref="RefusedException"/> (CAP3014) when one did not sign its line.</summary>
    internal IReadOnlyList<PublicKey> OfferedKeys()
    {
        var keys = new List<PublicKey>();
        foreach (var line in Lines)
        {
            if (line.Key is not { } key)
            {
                continue;
            }

            if (!key.Verify(line.Message!.Value.Span, line.Signature.Span))
            {
                throw new RefusedException(EnvelopeDiagnostics.KeyNotItsOwn.Now(line.Number, key.Fingerprint));
            }

            keys.Add(key);
        }

        return keys;
    }

    /// <summary>The file's bytes: each line and a line feed.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Concat(Lines.Select(l => l.Json + "\n")));
}
