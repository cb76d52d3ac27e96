using System.Runtime.CompilerServices;

namespace Capsule.Trust.Algorithms.Keccak;

/// <summary>The 25 lanes of one Keccak-f[1600] state.</summary>
[InlineArray(25)]
internal struct KeccakState
{
    private ulong _lane;
}
