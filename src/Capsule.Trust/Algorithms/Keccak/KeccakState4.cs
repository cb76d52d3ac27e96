using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Capsule.Trust.Algorithms.Keccak;

/// <summary>The 25 lanes of four Keccak-f[1600] states side by side.</summary>
[InlineArray(25)]
internal struct KeccakState4
{
    private Vector256<ulong> _lanes;
}
