using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans.Sessions;

/// <summary>
/// One line of what a test session of the runner prints for the build that started it: JSON with exactly one member. The last
/// line is <see cref="Ended"/>; a session without it broke.
/// </summary>
public sealed record SessionLine
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A line for the user.</summary>
    public string? Say { get; init; }

    /// <summary>Something that is wrong, at its place.</summary>
    public LoggedDiagnostic? Problem { get; init; }

    public SessionSum? Ended { get; init; }

    public override string ToString() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads a line; null when it is none.</summary>
    public static SessionLine? Parse(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<SessionLine>(line, Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a session came to.</summary>
/// <param name="Passed">How many cases passed.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="Text">The same for the user; null when no case ran, or nobody wants to know.</param>
public sealed record SessionSum(int Passed, int Failed, string? Text = null);
