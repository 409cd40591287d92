using System.Buffers.Binary;

namespace EatFast.Simulation.Core;

/// <summary>
/// Ids by order of appearance: real ids hold random bits, so everything that is stored, sorted or hashed
/// works with these numbers instead, and a seed repeats itself although no id does.
/// </summary>
internal sealed class Ids
{
    private readonly Dictionary<Guid, long> _numbers = new() { [Guid.Empty] = 0 };
    private readonly List<Guid> _ids = [Guid.Empty];

    public long NumberOf(Guid id)
    {
        if (_numbers.TryGetValue(id, out var known))
            return known;
        _numbers[id] = _ids.Count;
        _ids.Add(id);
        return _ids.Count - 1;
    }

    public Guid IdOf(long number) => _ids[(int)number];

    /// <summary>As the ids themselves would sort: by the millisecond in them, and within one millisecond by chance.</summary>
    public int Compare(Guid one, Guid other)
    {
        var (first, second) = (NumberOf(one), NumberOf(other));
        var byTime = MillisecondOf(one).CompareTo(MillisecondOf(other));
        return byTime != 0 ? byTime : Scatter(first).CompareTo(Scatter(second));
    }

    private static ulong Scatter(long number) => unchecked((ulong)number * 0x9E3779B97F4A7C15UL) ^ 0x5DEECE66DUL;

    private static long MillisecondOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return id.Version == 7 ? BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16 : 0;
    }
}
