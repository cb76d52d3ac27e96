using Capsule.Tests;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Tests.Peers;

/// <summary>npm's @sigstore/verify 3.1.1 with @sigstore/bundle 4.0.0: verifies a line; it never compares the artifact.</summary>
internal static class NpmVerifier
{
    private const string Script =
        """
        const { bundleFromJSON } = require('@sigstore/bundle');
        const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');
        const { line, hint, spki } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const trust = toTrustMaterial(
          { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] },
          { [hint]: { rawBytes: Buffer.from(spki, 'base64') } });
        new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 })
          .verify(toSignedEntity(bundleFromJSON(JSON.parse(line))));
        const payload = JSON.parse(line).dsseEnvelope?.payload;
        process.stdout.write(payload ? Buffer.from(payload, 'base64') : '');
        """;

    /// <summary>Exit code 0 means verified; the output is then the statement.</summary>
    public static Task<Command> VerifyAsync(string line, PublicKey key) => Command.RunAsync(
        "node",
        ["-e", Script],
        Capsule.Tests.Peers.Path("sigstore"),
        input: System.Text.Json.JsonSerializer.Serialize(new { line, hint = key.Hint, spki = key.SpkiBase64 }));
}
