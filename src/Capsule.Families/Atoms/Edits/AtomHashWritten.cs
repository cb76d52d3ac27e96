using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Families.Atoms.Edits;

/// <summary>What became of an atom's hash.</summary>
/// <param name="Report">Of the file before; null when it could not be read.</param>
/// <param name="Hash">Lower-case hex digits, as the file says now; null when it says none.</param>
/// <param name="Changed">True when the file was written.</param>
/// <param name="Problems">Why it was not written, or what deserves a look.</param>
public sealed record AtomHashWritten(AtomReport? Report, string? Hash, bool Changed, IReadOnlyList<Diagnostic> Problems);
