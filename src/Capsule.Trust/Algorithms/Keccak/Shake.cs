using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Keccak;

/// <summary>
/// SHAKE128 and SHAKE256 (FIPS 202 6.2), absorbed and squeezed in pieces of any length. A value type that allocates nothing: use it as a
/// local and pass it by reference. The platform's Shake types cannot squeeze in pieces on Linux.
/// </summary>
internal struct Shake
{
    public const int Rate128 = 168;
    public const int Rate256 = 136;

    private readonly int _rate;
    private KeccakState _state;
    private int _position;
    private bool _squeezing;

    private Shake(int rate) => _rate = rate;

    public static Shake Shake128() => new(Rate128);

    public static Shake Shake256() => new(Rate256);

    /// <summary>The whole of SHAKE256 over up to three pieces.</summary>
    public static void Hash256(Span<byte> output, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        var shake = Shake256();
        shake.Absorb(first);
        shake.Absorb(second);
        shake.Absorb(third);
        shake.Squeeze(output);
        shake.Clear();
    }

    /// <summary>Takes more input. Only before the first <see cref="Squeeze"/>.</summary>
    public void Absorb(ReadOnlySpan<byte> data)
    {
        if (_squeezing)
        {
            throw new InvalidOperationException("A SHAKE that gives output takes no more input.");
        }

        while (!data.IsEmpty)
        {
            var taken = Math.Min(data.Length, _rate - _position);
            Mix(data[..taken]);
            data = data[taken..];
            if (_position == _rate)
            {
                KeccakPermutation.Permute(_state);
                _position = 0;
            }
        }
    }

    /// <summary>Gives the next bytes of the output.</summary>
    public void Squeeze(Span<byte> output)
    {
        if (!_squeezing)
        {
            _state[_position >> 3] ^= 0x1FUL << (8 * (_position & 7));
            _state[(_rate - 1) >> 3] ^= 0x80UL << 56;
            _position = _rate;
            _squeezing = true;
        }

        while (!output.IsEmpty)
        {
            if (_position == _rate)
            {
                KeccakPermutation.Permute(_state);
                _position = 0;
            }

            var given = Math.Min(output.Length, _rate - _position);
            Give(output[..given]);
            output = output[given..];
        }
    }

    /// <summary>Forgets everything; the value is of no use afterwards.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<ulong>)_state));

    private void Mix(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if ((_position & 7) == 0 && data.Length >= 8)
            {
                _state[_position >> 3] ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
                data = data[8..];
                _position += 8;
            }
            else
            {
                _state[_position >> 3] ^= (ulong)data[0] << (8 * (_position & 7));
                data = data[1..];
                _position++;
            }
        }
    }

    private void Give(Span<byte> output)
    {
        while (!output.IsEmpty)
        {
            if ((_position & 7) == 0 && output.Length >= 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(output, _state[_position >> 3]);
                output = output[8..];
                _position += 8;
            }
            else
            {
                output[0] = (byte)(_state[_position >> 3] >> (8 * (_position & 7)));
                output = output[1..];
                _position++;
            }
        }
    }
}
