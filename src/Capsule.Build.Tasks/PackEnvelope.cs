using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Packaging.Containers;
using Capsule.Packaging.Envelopes;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>Wraps the container and its signature lines into a NuGet package.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PackEnvelope : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        var time = SourceDate.Parse(SourceDateEpoch).OrRefuse();
        var folder = Absolute(OutputFolder);
        Directory.CreateDirectory(folder);
        var opened = (await PackageReader.OpenAsync(Absolute(Container), cancel)).OrRefuse();
        var packed = await PackageEnvelope.WriteAsync(
            new EnvelopeRequest(Absolute(Container), folder)
            {
                Publisher = opened.Info.Scope ?? OrNull(Publisher),
                Version = opened.Info.Version ?? OrNull(Version),
                SignatureLines = OrNull(Signatures) is { } lines ? File.ReadAllBytes(Absolute(lines)) : null,
                Time = time.Time,
            },
            cancel);
        if (packed.Succeeded)
        {
            WholeFile.Lines(Absolute(PackedList), [packed.Value.Path]);
            Made(packed.Value.Path);
        }

        return packed.Diagnostics;
    }
}
