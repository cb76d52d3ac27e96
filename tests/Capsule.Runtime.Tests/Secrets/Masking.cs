using System.Text;
using System.Text.Json;
using Capsule.Core.Plans;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Secrets;

/// <summary>A value is not printed, however it is written and wherever it is cut.</summary>
[TestClass]
public class Masking
{
    private const string Value = "s3cr/et+ \"vä\\lue\"&<x>";

    [TestMethod]
    public void EveryUsualFormOfAValueIsFound()
    {
        var mask = new SecretMask([Value]);
        var bytes = Encoding.UTF8.GetBytes(Value);
        foreach (var form in new[]
        {
            Value, JsonSerializer.Serialize(Value)[1..^1], JsonSerializer.Serialize(Value, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })[1..^1],
            "s3cr/et+ \\\"v\\u00e4\\\\lue\\\"&<x>", "s3cr\\/et+ \\\"v\\u00e4\\\\lue\\\"&<x>",
            Uri.EscapeDataString(Value), Uri.EscapeDataString(Value).Replace("%20", "+", StringComparison.Ordinal), System.Net.WebUtility.UrlEncode(Value), System.Web.HttpUtility.UrlEncode(Value),
            Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).TrimEnd('='), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
        })
        {
            StringAssert.Matches(mask.Apply($"before {form} after"), new("^before \\*\\*\\*=* after$"), form);
        }

        foreach (var before in new[] { "", "u:", "me:", "x: y" })
        {
            var inside = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Value + ":tail"));
            var masked = mask.Apply(inside);
            StringAssert.Contains(masked, SecretMask.Mark, before);
            Assert.IsLessThan(before.Length + 16, masked.Length, masked);
        }

        Assert.AreEqual("*** and ***", mask.Apply($"{Value}{Value} and {Value}"));
        Assert.AreEqual("nothing of it: s3cr/et", mask.Apply("nothing of it: s3cr/et"));
    }

    [TestMethod]
    public void NoCutHidesAValue()
    {
        var mask = new SecretMask(["abcabcabd", "bcab", "line one of it\nline two of it\nx"]);
        foreach (var (text, expected) in new[]
        {
            ("--abcabcabcabd--", "--a***--"),
            ("abcabcab", "a***"),
            ("ab bcab", "ab ***"),
            ("> line one of it\n> line two of it\n", "> ***\n> ***\n"),
            ("(line one of it\nline two of it\nx)", "(***)"),
            ("line one of i", "line one of i"),
        })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var size = 1; size <= bytes.Length; size++)
            {
                using var written = new MemoryStream();
                using (var masked = mask.Writing(written))
                {
                    for (var i = 0; i < bytes.Length; i += size)
                    {
                        masked.Write(bytes.AsSpan(i, Math.Min(size, bytes.Length - i)));
                    }
                }

                using var reader = new StreamReader(mask.Reading(new Pieces(bytes, size)));
                var read = reader.ReadToEnd();
                Assert.AreEqual(Encoding.UTF8.GetString(written.ToArray()), read, "both ways alike");
                Assert.IsFalse(read.Contains("abcabcabd", StringComparison.Ordinal) || read.Contains("bcab", StringComparison.Ordinal) || read.Contains("one of it", StringComparison.Ordinal), $"{text} by {size}: {read}");
                Assert.AreEqual(mask.Apply(text), read, $"by {size}");
            }

            Assert.AreEqual(expected, mask.Apply(text));
        }
    }

    [TestMethod]
    public void WhatATestShowsIsMaskedToo()
    {
        var one = new TestCase { Id = "a", Kind = TestKind.Http, Span = default };
        var mask = new SecretMask(["12345678"]);
        var shown = ShownResult.Of(
            new CaseResult
            {
                Case = one,
                Outcome = TestOutcome.Failed,
                Diagnostics = [SecretDiagnostics.NotSet.Now("12345678", "x")],
                Verbose = [new("$.a", "is 12345678"), new("$.b", 12345678), new("$.c", 1), new("$.d", null)],
                Output = ["said 12345678"],
                Access = new("GET", "/?key=12345678", null, 200),
            },
            mask.Apply);
        Assert.AreEqual("""x has no secret '***'. $.a = "is ***" $.b = "***" $.c = 1 $.d = null said *** GET /?key=*** 200""", $"{shown.Diagnostics[0].Message} {string.Join(' ', shown.Verbose)} {shown.Output[0]} {shown.Access}");
    }

    [TestMethod]
    public void OnlyWhatMayBeAValueIsHeldBack()
    {
        using var written = new MemoryStream();
        using var masked = new SecretMask(["password-1"]).Writing(written);
        string Written() => Encoding.UTF8.GetString(written.ToArray());
        masked.Write("ready? pass"u8);
        Assert.AreEqual("ready? ", Written());
        masked.Write("ed\n"u8);
        Assert.AreEqual("ready? passed\n", Written());
        masked.Write("password-1"u8);
        Assert.AreEqual("ready? passed\n***", Written());
        masked.Write("passwo"u8);
        masked.Dispose();
        Assert.AreEqual("ready? passed\n***passwo", Written());
    }

    [TestMethod]
    public void ShortValuesAreLeftAndLongOnesCostLittle()
    {
        Assert.AreEqual("abc", new SecretMask(["abc"]).Apply("abc"));
        Assert.AreSame(Stream.Null, SecretMask.None.Reading(Stream.Null));
        var large = string.Concat(Enumerable.Range(0, 9000).Select(i => (char)('a' + (i * 7 % 26)))) + "!";
        var mask = new SecretMask([large]);
        Assert.AreEqual("<***>", mask.Apply($"<{large}>"));
        var noise = string.Concat(Enumerable.Repeat("GET /v1/chat/completions HTTP/1.1 200 in 12 ms, nothing to see\n", 20_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.AreEqual(noise, mask.Apply(noise));
        Assert.IsLessThan(TimeSpan.FromSeconds(10), clock.Elapsed, "a flood of a MiB");
    }

    /// <summary>Gives its bytes in pieces of one size.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(size, count));
    }
}
