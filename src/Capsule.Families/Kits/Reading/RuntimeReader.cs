using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads <c>runtime</c>: source, Relay attachments, capabilities.</summary>
internal static class RuntimeReader
{
    public static WorkloadRuntime Read(FieldReader at)
    {
        var attachments = at.Mapping("attachments");
        var relays = attachments?.Items("relays");
        if (!at.Has("source") && relays is null or { Count: 0 } && attachments?.Has("relays") != true)
        {
            at.Report(KitDiagnostics.EmptyRuntime.At(at.Place, at.Path.Text));
        }

        var runtime = new WorkloadRuntime
        {
            Path = at.Path,
            Source = at.Mapping("source") is { } source ? Source(source) : null,
            Relays = [.. (relays ?? []).Select(Relay).OfType<Relay>()],
            Gpu = at.Mapping("capabilities") is { } capabilities ? Gpu(capabilities) : null,
        };
        attachments?.RefuseUnknown();
        at.RefuseUnknown();
        return runtime;
    }

    private static SourceRuntime? Source(FieldReader at)
    {
        var toolchain = at.RequiredDeclaredChoice("toolchain");
        var prepare = CommandReader.Read(at, "prepare");
        var hydrate = CommandReader.Read(at, "hydrate");
        at.RequiredAny("start");
        var start = CommandReader.Read(at, "start");
        at.RefuseUnknown();
        return toolchain is null || start is null ? null : new SourceRuntime { Toolchain = toolchain, Prepare = prepare, Hydrate = hydrate, Start = start };
    }

    private static Relay? Relay(FieldReader at)
    {
        var kind = at.RequiredDeclaredChoice("kind");
        var reference = at.RequiredAny("endpoint");
        var endpoint = reference is null ? null : EndpointReader.Read(at, reference);
        var secret = at.RequiredString("api_key_secret");
        at.RefuseUnknown();
        if (kind is null || endpoint is null || secret is null || reference is null)
        {
            return null;
        }

        // A path alone says nothing about the protocol, and that of a Relay is known.
        var isPath = reference.Value is ScalarNode { Value: string text } && text.StartsWith('/');
        return new Relay(kind, isPath ? endpoint with { Protocol = Model.Relay.Protocols[kind.Value] } : endpoint, secret);
    }

    private static GpuGrant? Gpu(FieldReader at)
    {
        GpuGrant? grant = null;
        if (at.Any("gpu")?.Value is MappingNode)
        {
            var map = at.Mapping("gpu")!;
            var option = map.RequiredString("from_option");
            map.RefuseUnknown();
            grant = option is null ? null : new GpuGrant(null, option);
        }
        else if (at.DeclaredChoice("gpu") is { } value)
        {
            grant = new GpuGrant(value, null);
        }

        at.RefuseUnknown();
        return grant;
    }
}
