using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads the four forms of an endpoint (specs: kits 1.4).</summary>
internal static class EndpointReader
{
    public static Endpoint? Read(FieldReader at, Field<Node> item) => item.Value switch
    {
        ScalarNode { Kind: ScalarKind.String, Value: string text } => FromText(at, text, item),
        MappingNode { Entries: [{ Value: ScalarNode { Value: string path } value } pair] } when Endpoint.Protocols.Contains(pair.Key) =>
            FromPath(at, pair.Key, new Field<string>(path, value.Span, item.Path.Key(pair.Key)), item.Span, null),
        MappingNode map when map.Find("protocol") is not null || map.Find("path") is not null => Full(at, item),
        MappingNode { Entries: [var only] } => Refuse(at, only.KeySpan, $"'{only.Key}' is no protocol with a path"),
        MappingNode => Refuse(at, item.Span, "a map without 'protocol'"),
        _ => Refuse(at, item.Span, NodeWords.Describe(item.Value)),
    };

    private static Endpoint? FromText(FieldReader at, string text, Field<Node> item)
    {
        if (text.StartsWith('/'))
        {
            return FromPath(at, "http", new Field<string>(text, item.Span, item.Path), item.Span, null);
        }

        return Endpoint.Protocols.Contains(text)
            ? new Endpoint(text, "/" + text, null, item.Span, item.Path)
            : Refuse(at, item.Span, $"'{text}' is neither a protocol nor a path");
    }

    private static Endpoint? FromPath(FieldReader at, string protocol, Field<string> path, SourceSpan span, int? timeout) =>
        ManifestText.HttpPath(at, path) is { } good ? new Endpoint(protocol, good.Value, timeout, span, path.Path) : null;

    private static Endpoint? Full(FieldReader parent, Field<Node> item)
    {
        var at = parent.Mapping(item, EndpointShape.Full)!;
        var protocol = at.RequiredDeclaredChoice("protocol");
        var path = at.String("path") ?? (protocol is null || at.Has("path") ? null : protocol with { Value = "/" + protocol.Value });
        int? timeout = null;
        if (at.Mapping("config") is { } config)
        {
            timeout = (int?)config.DeclaredInteger("timeout_ms")?.Value;
            if (protocol is { Value: not "mcp" })
            {
                at.Report(KitDiagnostics.ConfigNeedsMcp.At(at.KeySpan("config")!.Value, protocol.Value));
            }

            config.RefuseUnknown();
        }

        at.RefuseUnknown();
        return protocol is null || path is null ? null : FromPath(at, protocol.Value, path, item.Span, timeout);
    }

    private static Endpoint? Refuse(FieldReader at, SourceSpan span, string what)
    {
        at.Report(KitDiagnostics.EndpointForm.At(span, what));
        return null;
    }
}
