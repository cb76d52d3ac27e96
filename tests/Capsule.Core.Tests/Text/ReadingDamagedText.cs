using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Core.Tests.Text;

/// <summary>Whatever happens to a document on its way, a reader answers with a value or with a problem that has a place in it.</summary>
[TestClass]
public class ReadingDamagedText
{
    private const string Pieces = "{}[]()<>,.:;'\"`|>!&*?-+=#%@\\/~ \t\r\n0123456789abcefnrtuxzéß日😀\u0000\u001b\u007f\u0085\u2028\ufeff\ud800";

    private const string Yaml = """
        %YAML 1.2
        ---
        name: shop # a comment
        env: &e {A: "x\u00e9", 'B': ~, ? c : !!int 1}
        list:
          - *e
          - |+
            block

          - >-
            folded
            text
        ? |
          key
        : !!float 1e3
        ...
        """;

    private const string Toml = """"
        a.b = [1, 'x', {c = 1.5e3, "d" = -inf}] # a comment
        [t."u".v]
        d = [2026-11-21 07:32:00.5Z, 07:32:00, 2026-11-21]
        s = '''
        raw'''
        [[l]]
        z = 0xFF
        m = """
        \u00e9 \
           x"""
        """";

    private const string Json = """{"a": [1, -2.5e3, true, null, "\u00e9\ud83d\ude02"], "b": {"c": "日"}, "d": []}""";

    [TestMethod]
    public void YamlIsReadOrRefused() => Damage(Yaml, source => YamlReader.Read(source));

    [TestMethod]
    public void TomlIsReadOrRefused() => Damage(Toml, TomlReader.Read);

    [TestMethod]
    public void JsonIsReadOrRefused() => Damage(Json, JsonReader.Read);

    [TestMethod]
    public void JsonHasACanonicalFormOrIsRefused()
    {
        foreach (var text in Damaged(Json))
        {
            try
            {
                var once = Jcs.Canonicalize(Encoding.UTF8.GetBytes(text));
                CollectionAssert.AreEqual(once, Jcs.Canonicalize(once));
            }
            catch (JsonException)
            {
            }
        }
    }

    private static void Damage<T>(string good, Func<SourceText, Result<T>> read)
        where T : class
    {
        Documents.Good(read(Documents.Source(good)));
        foreach (var text in Damaged(good))
        {
            var lines = text.Split('\n');
            var result = read(Documents.Source(text));
            Assert.AreNotEqual(result.Succeeded, result.Diagnostics.Count > 0, text);
            foreach (var problem in result.Diagnostics)
            {
                var span = problem.Span!.Value;
                Assert.IsTrue(span.Line >= 1 && span.Line <= lines.Length, $"{Documents.Print([problem])}\n{text}");
                Assert.IsTrue(span.Column >= 1 && span.Column <= lines[span.Line - 1].Length + 1, $"{Documents.Print([problem])}\n{text}");
            }
        }
    }

    private static IEnumerable<string> Damaged(string good)
    {
        var random = new Random(20261121);
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(good);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0:
                        text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at - 1));
                        break;
                    case 1:
                        text[at] = Pieces[random.Next(Pieces.Length)];
                        break;
                    case 2:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 12), text.Length - at)));
                        break;
                    default:
                        text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                }
            }

            yield return text.ToString();
        }
    }
}
