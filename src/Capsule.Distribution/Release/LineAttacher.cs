using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Plans;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Cosigning;
using Capsule.Trust.Envelopes;

namespace Capsule.Distribution.Release;

/// <summary>Adds signature lines that were made on other machines to those beside a package.</summary>
public static class LineAttacher
{
    /// <summary>All lines, written, or why none was added (CAP3000 to CAP3017, CAP4105).</summary>
    /// <param name="package">The package, as its content was checked.</param>
    /// <param name="signatures">The file of lines beside it.</param>
    /// <param name="inside">Lines that the package carries.</param>
    /// <param name="files">Files with the lines to add.</param>
    /// <param name="known">Keys that lines may be made by, beside those that come along.</param>
    /// <param name="cancel">Stops the wait for others who write.</param>
    public static async Task<Result<SignatureLines>> AttachAsync(
        PackageReference package, string signatures, SignatureLines inside, IReadOnlyList<string> files, IEnumerable<PublicKey> known, CancellationToken cancel)
    {
        var brought = new List<(string, SignatureLines)>();
        foreach (var file in files)
        {
            var read = await SignatureLines.ReadFileAsync(file, cancel);
            if (!read.Succeeded)
            {
                return read;
            }

            brought.Add((file, read.Value));
        }

        using var turn = await WriteTurn.TakeAsync(signatures, TimeSpan.FromMinutes(3), cancel);
        if (turn is null)
        {
            return ReleaseDiagnostics.SignaturesBusy.Now(signatures);
        }

        var beside = await SignatureLines.ReadFileAsync(signatures, cancel);
        var attached = beside.Succeeded
            ? Cosigner.Attach(package, beside.Value.Lines.Aggregate(inside, (all, line) => all.With(line)), brought, known)
            : beside;
        if (attached.Succeeded)
        {
            WholeFile.Write(signatures, attached.Value.ToBytes());
        }

        return attached;
    }
}
