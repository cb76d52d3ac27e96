namespace Capsule.Runtime.Testing;

/// <summary>A package answered with more bytes than are read.</summary>
internal sealed class AnswerTooLargeException() : IOException("The answer is too large.");
