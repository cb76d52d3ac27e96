using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads host mounts and the shares that workloads have in them (specs: kits 1.3, 1.7).</summary>
internal static class MountReader
{
    public static HostMount Read(Field<string> id, FieldReader at)
    {
        ManifestText.Id(at, id);
        var usage = ManifestText.RequiredLine(at, "usage");
        var access = at.Choice("access", MountShape.Accesses);
        at.RefuseUnknown();
        return new HostMount(id, usage ?? new Field<string>("", id.Span, id.Path), access?.Value ?? MountAccess.ReadOnly);
    }

    public static MountGrant? Grant(FieldReader parent, Field<Node> item)
    {
        if (item.Value is ScalarNode { Kind: ScalarKind.String, Value: string id })
        {
            return new MountGrant(new Field<string>(id, item.Span, item.Path), null);
        }

        if (item.Value is not MappingNode)
        {
            parent.Report(KitDiagnostics.WrongType.At(item.Span, item.Path.Text, "a mount id or a map", NodeWords.Describe(item.Value)));
            return null;
        }

        var at = parent.Mapping(item, MountShape.Grant)!;
        if (at.Has("mount_mid") && at.Has("mount_key"))
        {
            at.Report(KitDiagnostics.MountNamedTwice.At(at.KeySpan("mount_key")!.Value));
        }

        var mount = at.Has("mount_key") ? at.String("mount_key") : at.RequiredString("mount_mid");
        var access = at.Choice("access", MountShape.Accesses);
        at.RefuseUnknown();
        return mount is null ? null : new MountGrant(mount, access);
    }
}
