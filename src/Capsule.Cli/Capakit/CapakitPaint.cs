using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Capakit;

/// <summary>The markers and values of <c>capakit</c>: <c>[✓]</c>, <c>[i]</c>, <c>[!]</c>, <c>[✗]</c>, and values in brackets (specs: kits 4).</summary>
/// <param name="theme">auto, dark, light or mono; a background decides which tones can be read on it.</param>
/// <param name="color">Whether this stream shows colours at all.</param>
internal sealed class CapakitPaint(string theme, bool color)
{
    public string Done(string text) => Mark("✓", Tone("92", "32", "32"), text);

    public string Note(string text) => Mark("i", Tone("96", "34", "36"), text);

    public string Warn(string text) => Mark("!", Tone("93", "35", "33"), text);

    public string Fail(string text) => Mark("✗", Tone("91", "31", "31"), text);

    /// <summary>Something that a manifest, a file or a workload says.</summary>
    public string Value(string? text) => $"[{Paint("1", TerminalText.Line(text ?? ""))}]";

    public string Faint(string text) => Paint(Tone("37", "90", "2"), text);

    private string Mark(string sign, string tone, string text) => $"[{Paint(tone, sign)}] {text}";

    private string Tone(string dark, string light, string any) => theme switch
    {
        "dark" => dark,
        "light" => light,
        _ => any,
    };

    private string Paint(string tone, string text) => color && theme != "mono" ? $"\e[{tone}m{text}\e[0m" : text;
}
