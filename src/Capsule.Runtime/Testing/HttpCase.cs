using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>
/// A plain request. Its value is <c>{status_code, body}</c>: the body as JSON where it is JSON, null where it is empty, else
/// as a string (specs: kits 2.2). Any status is an answer.
/// </summary>
internal static class HttpCase
{
    public static async Task<CaseAnswer> RunAsync(TestCase one, Uri address, TestTarget target, TestRunOptions options, CancellationToken cancel)
    {
        var access = new AccessLine(one.Method ?? "POST", address.PathAndQuery, null, null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.CaseTimeout);
        try
        {
            using var client = CaseClient.Over(CaseClient.Handler(target.Dial));
            using var request = new HttpRequestMessage(new HttpMethod(access.Method), address)
            {
                Content = one.Json is null ? null : new StringContent(one.Json, new UTF8Encoding(false), MediaTypeNames.Application.Json),
            };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            access = access with { Status = (int)response.StatusCode };
            var body = await BodyAsync(response, options.LargestAnswer, limit.Token);
            return CaseAnswer.Of(new JsonObject { ["status_code"] = access.Status, ["body"] = body }, access);
        }
        catch (AnswerTooLargeException)
        {
            return CaseAnswer.Failed(TestingDiagnostics.TooLarge.At(one.Span, access.Method, access.Path, options.LargestAnswer >> 20), access);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return CaseAnswer.Failed(
                limit.IsCancellationRequested
                    ? TestingDiagnostics.TooSlow.At(one.Span, one.Id, options.CaseTimeout.TotalSeconds)
                    : TestingDiagnostics.NoAnswer.At(one.Span, access.Method, access.Path, CaseClient.Reason(problem)),
                access);
        }
    }

    private static async Task<JsonNode?> BodyAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        using var bounded = new BoundedStream(await response.Content.ReadAsStreamAsync(cancel), most);
        using var whole = new MemoryStream();
        await bounded.CopyToAsync(whole, cancel);
        return whole.Length == 0 ? null : JsonText.ValueOrText(Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length));
    }
}
