using System.Text;

namespace Capsule.Trust.Envelopes;

/// <summary>The package URL of a release: <c>pkg:capsule/&lt;scope&gt;/&lt;name&gt;@&lt;version&gt;</c>.</summary>
public static class PackageUrl
{
    public static string For(string scope, string name, string version) =>
        $"pkg:capsule/{Escape(scope)}/{Escape(name)}@{Escape(version)}";

    private static string Escape(string part)
    {
        var text = new StringBuilder(part.Length);
        foreach (var b in Encoding.UTF8.GetBytes(part))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            {
                text.Append(c);
            }
            else
            {
                text.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return text.ToString();
    }
}
