namespace Capsule.Trust.Keys;

/// <summary>What a signer command answered.</summary>
/// <param name="Text">Without the line end at its end.</param>
/// <param name="ExitCode">Of the program.</param>
internal sealed record SignerAnswer(string Text, int ExitCode);
