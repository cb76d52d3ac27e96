using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Model;

namespace Capsule.Operations.Atoms.Fetching;

/// <summary>
/// Fetches the files of one atom into a fresh folder: <c>atom.toml</c>, then what it names. A host has no list of files, so these are the payload's
/// <c>asset</c>, <c>asset_source</c> and <c>files</c>, and <c>spec.yaml</c> where it exists (specs: atoms 10).
/// </summary>
public static class AtomDownload
{
    private const string Companion = "spec.yaml";

    /// <summary>Files of one atom that are fetched; a manifest cannot ask for more.</summary>
    private const int Most = 256;

    /// <summary>Bytes of all files together.</summary>
    private const long Largest = 256L << 20;

    /// <param name="fetcher">Who fetches.</param>
    /// <param name="root">The host's address.</param>
    /// <param name="atom">What is wanted.</param>
    /// <param name="folder">Exists and is empty.</param>
    /// <param name="cancel">Stops between two pieces.</param>
    /// <returns>The answer for <c>atom.toml</c>, or the first failure.</returns>
    public static async Task<FetchAnswer> RunAsync(Fetcher fetcher, Uri root, AtomReference atom, string folder, CancellationToken cancel)
    {
        var manifest = await fetcher.GetAsync(AtomAddress.Of(root, atom, AtomNames.ManifestName), cancel);
        if (!manifest.Succeeded)
        {
            return manifest;
        }

        var names = Names(manifest.Document.Bytes, atom);
        if (!names.Succeeded)
        {
            return FetchAnswer.Failed(FetchFailure.Refused, names.Diagnostics[0]);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, AtomNames.ManifestName), manifest.Document.Bytes, cancel);
        long total = manifest.Document.Bytes.Length;
        foreach (var name in names.Value.Append(Companion).Distinct(StringComparer.Ordinal))
        {
            var isOptional = !names.Value.Contains(name);
            var answer = await fetcher.GetAsync(AtomAddress.Of(root, atom, name), cancel);
            if (!answer.Succeeded && !isOptional)
            {
                // The atom is there and its file is not: that is a broken atom, not an unknown one.
                return answer.Failure == FetchFailure.Missing ? answer with { Failure = FetchFailure.Refused } : answer;
            }

            if (!answer.Succeeded && answer.Failure == FetchFailure.Unreachable)
            {
                return answer;
            }

            // Some hosts answer every address with a page.
            if (!answer.Succeeded || (isOptional && answer.Document.MediaType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true))
            {
                continue;
            }

            total += answer.Document.Bytes.Length;
            if (total > Largest)
            {
                return FetchAnswer.Failed(FetchFailure.Refused, AtomFetchDiagnostics.Refused.Now($"'{atom}'", $"its files are larger than {Largest >> 20} MiB together", Largest >> 20, 5));
            }

            await File.WriteAllBytesAsync(Path.Combine(folder, name), answer.Document.Bytes, cancel);
        }

        return manifest;
    }

    private static Result<IReadOnlyList<string>> Names(byte[] manifest, AtomReference atom)
    {
        var text = SourceText.Decode($"<{AtomNames.ManifestName} of {atom}>", manifest.AsSpan(0, Math.Min(manifest.Length, SourceText.ManifestLimit + 1)));
        if (!text.Succeeded || manifest.Length > SourceText.ManifestLimit)
        {
            return Bad(atom, text.Succeeded ? "its atom.toml is too large" : $"its atom.toml cannot be read ({text.Diagnostics[0].Message.TrimEnd('.')})");
        }

        var problems = new List<Diagnostic>();
        if (AtomReader.Read(text.Value, atom.Class, problems) is not { } read)
        {
            return Bad(atom, $"its atom.toml is no TOML ({problems[0].Message.TrimEnd('.')})");
        }

        if (read.Reference != atom)
        {
            return Bad(atom, $"its atom.toml is that of '{read.Reference?.ToString() ?? read.Id?.Value ?? "nothing"}'");
        }

        string?[] named = [read.Payload?.Asset?.Value, read.Payload?.AssetSource?.Value, .. (read.Payload?.Fields.Strings("files") ?? []).Select(f => f.Value)];
        IReadOnlyList<string> names = [.. named.OfType<string>().Distinct(StringComparer.Ordinal)];
        return names.FirstOrDefault(n => !IsBareName(n)) is { } bad ? Bad(atom, $"it names the file '{TreePath.Show(bad)}', which is no bare file name")
            : names.Count > Most ? Bad(atom, $"it names more than {Most} files")
            : Result.Of(names);
    }

    private static bool IsBareName(string name) =>
        !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('.') && name != AtomNames.ManifestName && TreePath.Check(name) is null;

    private static Diagnostic Bad(AtomReference atom, string why) => AtomFetchDiagnostics.Refused.Now($"'{atom}'", why, 32, 5);
}
