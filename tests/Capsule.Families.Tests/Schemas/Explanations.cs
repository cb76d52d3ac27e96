using Capsule.Core.Schemas;

namespace Capsule.Families.Tests.Schemas;

/// <summary>What people read when their mouse rests on a field.</summary>
[TestClass]
public class Explanations
{
    [TestMethod]
    public void AreWholeSentencesForEachField()
    {
        var fields = ManifestSchemas.All.SelectMany(s => Fields(s.Root)).Distinct().ToArray();

        Assert.IsGreaterThan(100, fields.Length);
        Assert.AreEqual("", string.Join('\n', fields.Where(f => !f.Description.EndsWith('.')).Select(f => $"{f.Key}: {f.Description}")));
    }

    [TestMethod]
    public void NameEachTableByAnotherWord()
    {
        foreach (var schema in ManifestSchemas.All)
        {
            var tables = Tables(schema.Root).Distinct(ReferenceEqualityComparer.Instance).OfType<TableShape>().Select(t => t.Name).ToArray();
            CollectionAssert.AllItemsAreUnique(tables, schema.Name);
        }
    }

    private static IEnumerable<FieldShape> Fields(ValueShape shape) => Tables(shape).SelectMany(t => t.Fields);

    private static IEnumerable<TableShape> Tables(ValueShape shape) => shape switch
    {
        TableShape table =>
        [
            table,
            .. table.Fields.Select(f => f.Value).Concat(table.Rules.SelectMany(r => r.Fits).Select(f => f.Shape)).SelectMany(Tables),
            .. table.Others is { } others ? Tables(others) : [],
        ],
        ListShape list => Tables(list.Item),
        MapShape map => Tables(map.Value),
        UnionShape union => union.Alternatives.SelectMany(Tables),
        EitherShape either => Tables(either.With).Concat(Tables(either.Without)),
        _ => [],
    };
}
