using System.Security.Cryptography;
using System.Text;

namespace EatFast.Simulation.Core;

/// <summary>What happened, in normalised lines: the last ones are kept for the reader, all of them go into the hash.</summary>
internal sealed class Trace(VirtualClock clock, int kept) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> _last = new();
    private readonly byte[] _buffer = new byte[4096];

    public long Count { get; private set; }

    public IEnumerable<string> Last => _last;

    public void Add(string line)
    {
        Count++;
        var text = $"{(clock.GetUtcNow() - World.Start).TotalSeconds:F3} {line}\n";
        var size = Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, 1300)), _buffer);
        _hash.AppendData(_buffer, 0, size);
        if (_last.Count == kept)
            _last.Dequeue();
        _last.Enqueue(text[..^1]);
    }

    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, 16));

    public void Dispose() => _hash.Dispose();
}
