using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>The table <c>[protocol]</c> of imported material.</summary>
public sealed record AtomProtocol(Field<string>? Provenance, Field<string>? License, SourceSpan Place);
