using System.Globalization;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>Passes a chunked request body on and knows where it ends (RFC 9112 7.1). Trailers and extensions are dropped.</summary>
internal static class ChunkedBody
{
    private const int LongestLine = 1024;

    public static async Task CopyAsync(BufferedSocket from, BufferedSocket to, CancellationToken cancel)
    {
        while (true)
        {
            var line = await from.LineAsync(LongestLine, cancel);
            var digits = line.Split(';')[0].Trim();
            if (digits.Length is 0 or > 15 || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
            {
                throw new InvalidDataException("a chunk's size is malformed");
            }

            await to.SendAsync(Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), cancel);
            if (size == 0)
            {
                while ((await from.LineAsync(LongestLine, cancel)).Length > 0)
                {
                }

                await to.SendAsync("\r\n"u8.ToArray(), cancel);
                return;
            }

            await from.CopyAsync(to, size, cancel);
            if ((await from.LineAsync(2, cancel)).Length > 0)
            {
                throw new InvalidDataException("a chunk does not end where it says");
            }

            await to.SendAsync("\r\n"u8.ToArray(), cancel);
        }
    }
}
