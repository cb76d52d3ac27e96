using System.Text.Json.Nodes;

namespace Capsule.Families.Tests.Schemas;

/// <summary>What an editor underlines.</summary>
/// <param name="Line">First line, from 1.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="Message">What it says there.</param>
internal sealed record Mark(int Line, int EndLine, string Message)
{
    public static Mark Of(JsonNode diagnostic)
    {
        var range = diagnostic["range"]!;
        return new Mark(
            range["start"]!["line"]!.GetValue<int>() + 1, range["end"]!["line"]!.GetValue<int>() + 1, diagnostic["message"]!.GetValue<string>());
    }

    public override string ToString() => $"({Line}) {Message}";
}
