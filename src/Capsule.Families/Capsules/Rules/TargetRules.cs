using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules.Rules;

/// <summary>Runtime, driver, version, port and form of the entrypoint: what a target says by itself (specs: ato 1.3).</summary>
internal static partial class TargetRules
{
    public static IEnumerable<Diagnostic> Check(CapsuleTarget target) =>
        target.Runtime is { } runtime
            ? [.. Driver(target, runtime.Value), .. Version(target), .. Entrypoint(target, runtime.Value), .. Listening(target, runtime.Value)]
            : [];

    private static IEnumerable<Diagnostic> Driver(CapsuleTarget target, string runtime)
    {
        if (target.Driver is null)
        {
            if (runtime == "web")
            {
                yield return CapsuleTargetDiagnostics.WebNeedsDriver.At(target.Label.Span, target.Label.Value);
            }
        }
        else if (Drivers.All.Contains(target.Driver.Value) && !Drivers.For(runtime).Contains(target.Driver.Value))
        {
            var drivers = Drivers.For(runtime);
            yield return CapsuleTargetDiagnostics.DriverDoesNotFit.At(
                target.Driver.Span, target.Driver.Value, runtime, drivers.Count > 0 ? string.Join(", ", drivers) : "none, leave the line out");
        }
    }

    private static IEnumerable<Diagnostic> Version(CapsuleTarget target)
    {
        var driver = target.EffectiveDriver ?? "";
        if (!Drivers.Versioned.Contains(driver))
        {
            yield break;
        }

        var example = Drivers.ExampleVersion(driver);
        if (target.RuntimeVersion is { } version)
        {
            if (!VersionGrammar().IsMatch(version.Value))
            {
                yield return CapsuleTargetDiagnostics.RuntimeVersion.At(version.Span, version.Value, driver, example);
            }
        }
        else if (target.Driver is { } written && target.Runtime?.Value == "source")
        {
            yield return CapsuleTargetDiagnostics.RuntimeVersionMissing.At(written.Span, target.Label.Value, driver, example);
        }
    }

    private static IEnumerable<Diagnostic> Entrypoint(CapsuleTarget target, string runtime)
    {
        if (runtime == "oci")
        {
            if (target.Image is null)
            {
                yield return CapsuleTargetDiagnostics.ImageMissing.At(target.Label.Span, target.Label.Value);
            }
        }
        else if (target.StartsServices)
        {
            // Its services have entrypoints of their own.
        }
        else if (target.Entrypoint is not { } entrypoint)
        {
            yield return CapsuleDiagnostics.Missing.At(
                target.Label.Span, $"{target.Label.Path.Text}.entrypoint", target.Label.Path.Owner, "entrypoint");
        }
        else if (string.IsNullOrWhiteSpace(entrypoint.Value))
        {
            yield return CapsuleTargetDiagnostics.EntrypointEmpty.At(entrypoint.Span, target.Label.Value);
        }
        else if (ProjectPath.Normalise(entrypoint.Value) is { } path && (path == "ato-entry.ts" || path.EndsWith("/ato-entry.ts", StringComparison.Ordinal)))
        {
            yield return CapsuleTargetDiagnostics.EntrypointRemoved.At(entrypoint.Span);
        }
        else if (runtime == "web" && Drivers.Versioned.Contains(target.EffectiveDriver) && entrypoint.Value.Contains(' ', StringComparison.Ordinal))
        {
            yield return CapsuleTargetDiagnostics.EntrypointSpaces.At(entrypoint.Span, entrypoint.Value);
        }
    }

    private static IEnumerable<Diagnostic> Listening(CapsuleTarget target, string runtime)
    {
        if (runtime == "web" && target is { Port: null, HasPort: false })
        {
            yield return CapsuleTargetDiagnostics.PortMissing.At(target.Label.Span, target.Label.Value);
        }

        if (runtime == "web" && target.Public is { } place)
        {
            yield return CapsuleTargetDiagnostics.PublicRemoved.At(place);
        }

        if (target.Port is { } port
            && target.Env.FirstOrDefault(e => e.Key.Value == "PORT") is { } variable
            && variable.Value.Value != port.Value.ToString(CultureInfo.InvariantCulture))
        {
            yield return CapsuleTargetDiagnostics.PortConflict.At(variable.Value.Span, variable.Value.Value, port.Value);
        }

        if (target.HealthCheck is { } check && !check.Value.StartsWith('/'))
        {
            yield return CapsuleTargetDiagnostics.HealthCheck.At(check.Span, check.Value);
        }
    }

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.RuntimeVersionPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionGrammar();
}
