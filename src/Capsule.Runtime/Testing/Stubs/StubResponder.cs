using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>The answers for one process. A call that none fits is 404 and a line of the log (CAP6040).</summary>
internal sealed class StubResponder(string process, StubPlan stub, RunLog log)
{
    private readonly StubAnswer[] _answers = [.. stub.Answers.Where(a => a.Process == process)];

    public async Task AnswerAsync(HttpContext context)
    {
        var path = Trimmed(context.Request.Path.Value ?? "/");
        StubAnswer[] here = [.. _answers.Where(a => Trimmed(a.Path) == path)];
        if (HttpMethods.IsPost(context.Request.Method) && here.Any(a => a.Tool is not null))
        {
            await new StubTools(stub.Id, [.. here.Where(a => a.Tool is not null)], Refuse).AnswerAsync(context);
        }
        else if (here.FirstOrDefault(a => a.Tool is null && (a.Method is null || a.Method == context.Request.Method)) is { } answer)
        {
            await WriteAsync(context, answer);
        }
        else
        {
            var problem = Problem($"{EgressDecision.Printable(context.Request.Method)} {EgressDecision.Printable(path)}");
            await JsonAnswer.WriteAsync(context, StatusCodes.Status404NotFound, problem);
        }
    }

    private static async Task WriteAsync(HttpContext context, StubAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Json ?? answer.Text ?? "");
        context.Response.StatusCode = answer.Status;
        if (body.Length > 0)
        {
            context.Response.ContentType = answer.ContentType ?? (answer.Json is null ? "text/plain; charset=utf-8" : "application/json");
            context.Response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(body, context.RequestAborted);
            }
        }
    }

    private string Refuse(string call) => Problem(call).Message;

    private Core.Diagnostics.Diagnostic Problem(string call)
    {
        var known = _answers.Select(a => a.Tool is { } tool ? $"the tool '{tool}' at {a.Path}" : $"{a.Method ?? "any method"} {a.Path}");
        var problem = StubDiagnostics.NoAnswer.Now(stub.Id, call, _answers.Length == 0 ? "none" : string.Join(", ", known));
        log.Add(new LogLine(DateTimeOffset.UtcNow, process, "runner", LogLevel.Warn, $"{problem.Code}: {problem.Message}"));
        return problem;
    }

    private static string Trimmed(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
