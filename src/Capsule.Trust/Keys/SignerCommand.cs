using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>Runs a signer command for one request and one answer; its whole tree is killed when it takes too long.</summary>
internal sealed class SignerCommand(KeyReference.Command reference, TimeSpan timeout)
{
    private const int MaximumAnswer = 64 * 1024;

    /// <summary>Bytes that become base64 at once: a multiple of three, so that only the last piece is padded.</summary>
    private const int Piece = 48 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Program => reference.Program;

    /// <summary>The answer without its <c>ok</c> (CAP3212, CAP3213).</summary>
    /// <param name="request">The request line, or its beginning.</param>
    /// <param name="message">Bytes that end the line as base64; an atom's may be megabytes.</param>
    /// <param name="cancel">Stops the program.</param>
    public async Task<Result<string>> AskAsync(string request, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        var answer = await RunAsync(request, message, "", cancel);
        return answer.Succeeded ? Judge(answer.Value.Text, answer.Value.ExitCode) : Result.Failed<string>(answer.Diagnostics);
    }

    /// <summary>All that it wrote, at most 64 KiB, and its exit code (CAP3212, CAP3213).</summary>
    /// <param name="head">Begins the request.</param>
    /// <param name="message">Bytes that follow as base64.</param>
    /// <param name="tail">Ends the request; a line end is added.</param>
    /// <param name="cancel">Stops the program.</param>
    public async Task<Result<SignerAnswer>> RunAsync(string head, ReadOnlyMemory<byte> message, string tail, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        Process? process = null;
        try
        {
            process = Process.Start(StartInfo())!;
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var answer = ReadAsync(process.StandardOutput, limit.Token);

            // A pipe holds 64 KiB and a write to a full one cannot be cancelled: so it has a thread to wait on, until Stop breaks the pipe.
            var input = process.StandardInput;
            _ = Task.Run(() => Send(input, head, message, tail), CancellationToken.None);
            var text = await answer.WaitAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new SignerAnswer(text, process.ExitCode);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return KeyDiagnostics.CommandTimeout.Now(Program, timeout.TotalSeconds);
        }
        catch (Exception problem) when (problem is Win32Exception or IOException or InvalidDataException)
        {
            return KeyDiagnostics.CommandFailed.Now(Program, problem.Message);
        }
        finally
        {
            Stop(process);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = reference.StartFrom?.Invoke() ?? new ProcessStartInfo();
        start.FileName = reference.Program;
        foreach (var argument in reference.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = Utf8;
        return start;
    }

    private static void Send(StreamWriter input, string head, ReadOnlyMemory<byte> message, string tail)
    {
        try
        {
            using (input)
            {
                input.Write(head);
                for (; !message.IsEmpty; message = message[Math.Min(Piece, message.Length)..])
                {
                    input.Write(Convert.ToBase64String(message.Span[..Math.Min(Piece, message.Length)]));
                }

                input.Write(tail);
                input.Write('\n');
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // It ended without reading; what it answered, and its exit code, say more than the broken pipe.
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await output.ReadAsync(buffer, cancel)) > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaximumAnswer)
            {
                throw new InvalidDataException("its answer is too long");
            }
        }

        return text.ToString().TrimEnd('\n', '\r');
    }

    private Result<string> Judge(string line, int exitCode) => line switch
    {
        _ when line.StartsWith("error ", StringComparison.Ordinal) => KeyDiagnostics.CommandFailed.Now(Program, OneLine(line["error ".Length..])),
        _ when exitCode != 0 => KeyDiagnostics.CommandFailed.Now(Program, $"it ended with exit code {exitCode}"),
        _ when line.StartsWith("ok ", StringComparison.Ordinal) && !line.Contains('\n') => line["ok ".Length..],
        _ => KeyDiagnostics.CommandFailed.Now(Program, "it did not answer with one line 'ok ...'"),
    };

    /// <summary>What a program says about itself is shown, but cannot draw on the terminal.</summary>
    public static string OneLine(string text) => new([.. text.Take(200).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static void Stop(Process? process)
    {
        if (process is null)
        {
            return;
        }

        using (process)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
