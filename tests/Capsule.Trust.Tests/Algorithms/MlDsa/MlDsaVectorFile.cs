using System.Text.Json;
using Capsule.Tests;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

/// <summary>One of Wycheproof's files for ML-DSA: its cases, each with its group.</summary>
internal static class MlDsaVectorFile
{
    public static MlDsaParameters Set(string name) => MlDsaParameters.All.Single(s => s.Name == name);

    /// <summary>Runs the check on every case; gives how many there are and says which were judged wrong.</summary>
    public static (int Count, string Wrong) Run(MlDsaParameters set, string kind, Func<JsonElement, JsonElement, bool> agrees)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vectors.Path("mldsa", $"mldsa_{set.Name[^2..]}_{kind}_test.json")));
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                if (!agrees(group, test))
                {
                    wrong.Add($"{test.GetProperty("tcId")} {test.GetProperty("result")} {test.GetProperty("flags")}: {test.GetProperty("comment")}");
                }
            }
        }

        Assert.AreEqual(file.RootElement.GetProperty("numberOfTests").GetInt32(), count);
        return (count, string.Join('\n', wrong));
    }

    public static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    public static bool HasFlag(JsonElement test, string flag) => test.GetProperty("flags").EnumerateArray().Any(f => f.GetString() == flag);

    /// <summary>The bytes of a member; null where there is none.</summary>
    public static byte[]? Hex(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Convert.FromHexString(value.GetString()!) : null;
}
