using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Keys;

/// <summary>
/// Signs atoms with a program of the user's that is asked in JSON (specs: atoms 6.4): a hardware module, a key service, a password
/// manager. It is started once for each request and reads one object; <c>message</c>, <c>signature</c> and <c>public_key</c> are base64.
/// <code>
/// {"op":"sign","ref":"…","algorithm":"ML-DSA-65","context":"","message":"…"}  →  {"signature":"…"}
/// {"op":"public-key","ref":"…","algorithm":"ML-DSA-65"}                       →  {"public_key":"…"}
/// anything it cannot do                                                       →  {"error":"why"}
/// </code>
/// A request for a signature without random bytes has <c>"deterministic":true</c> before its message.
/// </summary>
public sealed class JsonKeySigner : IKeySigner
{
    private readonly SignerCommand _command;
    private readonly string _request;

    private JsonKeySigner(SignerCommand command, string request, PublicKey key) => (_command, _request, PublicKey) = (command, request, key);

    public PublicKey PublicKey { get; }

    public KeyPurpose Purpose => KeyPurpose.Atom;

    /// <summary>A signer for one key (CAP3212, CAP3213).</summary>
    /// <param name="command">The program.</param>
    /// <param name="reference">What the program calls the key.</param>
    /// <param name="algorithm">Of the key.</param>
    /// <param name="known">Its public half; null asks the program.</param>
    /// <param name="timeout">For one request; null for a minute.</param>
    /// <param name="cancel">Stops the program.</param>
    public static async Task<Result<IKeySigner>> OpenAsync(
        KeyReference.Command command, string reference, ISignatureAlgorithm algorithm, PublicKey? known, TimeSpan? timeout, CancellationToken cancel)
    {
        var program = new SignerCommand(command, timeout ?? CommandKeySigner.DefaultTimeout);
        var request = $"\"ref\":{JsonSerializer.Serialize(reference)},\"algorithm\":\"{algorithm.Name.ToUpperInvariant()}\"";
        if (known is not null)
        {
            return new JsonKeySigner(program, request, known);
        }

        var answer = await AskAsync(program, $"{{\"op\":\"public-key\",{request}}}", default, "", "public_key", cancel);
        return !answer.Succeeded ? Result.Failed<IKeySigner>(answer.Diagnostics)
            : (PublicKey.FromSpki(answer.Value) ?? PublicKey.FromRaw(algorithm, answer.Value)) is { } key ? new JsonKeySigner(program, request, key)
            : KeyDiagnostics.CommandFailed.Now(program.Program, $"its public_key is none of {algorithm.Name}");
    }

    public async Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel)
    {
        var how = message.IsDeterministic ? ",\"deterministic\":true" : "";
        var head = $"{{\"op\":\"sign\",{_request},\"context\":{JsonSerializer.Serialize(message.Context)}{how},\"message\":\"";
        var answer = await AskAsync(_command, head, message.Bytes, "\"}", "signature", cancel);
        return !answer.Succeeded || message.IsSignedBy(PublicKey, answer.Value) ? answer : KeyDiagnostics.SignatureWrong.Now(PublicKey.Fingerprint);
    }

    public void Dispose()
    {
    }

    private static async Task<Result<byte[]>> AskAsync(SignerCommand command, string head, ReadOnlyMemory<byte> message, string tail, string member, CancellationToken cancel)
    {
        var answer = await command.RunAsync(head, message, tail, cancel);
        if (!answer.Succeeded)
        {
            return Result.Failed<byte[]>(answer.Diagnostics);
        }

        try
        {
            return Read(command, answer.Value, member);
        }
        catch (FormatException malformed)
        {
            var why = answer.Value.ExitCode == 0 ? $"its answer cannot be read: {malformed.Message}" : $"it ended with exit code {answer.Value.ExitCode}";
            return KeyDiagnostics.CommandFailed.Now(command.Program, why);
        }
    }

    private static Result<byte[]> Read(SignerCommand command, SignerAnswer answer, string member)
    {
        var root = StrictJson.Parse(Encoding.UTF8.GetBytes(answer.Text));
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out _))
        {
            return KeyDiagnostics.CommandFailed.Now(command.Program, SignerCommand.OneLine(StrictJson.Text(root, "error")));
        }

        if (answer.ExitCode != 0)
        {
            return KeyDiagnostics.CommandFailed.Now(command.Program, $"it ended with exit code {answer.ExitCode}");
        }

        StrictJson.Demand(root, "the answer", [member]);
        return CanonicalBase64.Decode(StrictJson.Text(root, member)) ?? throw new FormatException($"'{member}' is not base64");
    }
}
