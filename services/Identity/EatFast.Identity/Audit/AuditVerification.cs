using System.Security.Cryptography;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Audit;

/// <summary>What was found, in the order in which it was looked for; an empty list is a whole log.</summary>
internal sealed record AuditReport(long Entries, int Heads, int Anchors, IReadOnlyList<string> Breaches);

/// <summary>
/// Reads the audit log from its first line on and holds it against its own hashes, the signed heads and their copy outside the
/// database: a line that was changed, taken out, put in or moved, a log that was cut off, and one that was written anew.
/// </summary>
internal sealed class AuditVerification(IdentityDbContext db, AuditKeys keys, AnchorFile anchors)
{
    private const int MostBreaches = 20;
    private readonly List<string> _breaches = [];

    public async Task<AuditReport> RunAsync(CancellationToken ct)
    {
        var heads = await db.AuditHeads.AsNoTracking().OrderBy(head => head.Number).ToListAsync(ct);
        var lines = anchors.Read();
        var copies = lines.Select(AuditHead.FromAnchor).ToList();
        if (copies.Contains(null))
            Breach($"{copies.Count(copy => copy is null)} lines of {anchors.Path} cannot be read.");
        var signed = heads.Select(head => (Head: head, Where: "The signed head"))
            .Concat(copies.OfType<AuditHead>().Select(head => (Head: head, Where: "The copy outside")))
            .ToLookup(item => item.Head.Number);
        foreach (var (head, where) in signed.SelectMany(group => group))
            if (!keys.IsSigned(head.KeyId, head.SignedContent(), head.Signature))
                Breach($"{where} of line {head.Number} is not signed by a known key.");

        var last = await ReadAsync(signed, ct);
        foreach (var beyond in signed.Where(group => group.Key > last))
            Breach($"The log ends with line {last}, but line {beyond.Key} was signed for: the end was cut off.");
        return new AuditReport(last, heads.Count, copies.Count, _breaches);
    }

    private async Task<long> ReadAsync(ILookup<long, (AuditHead Head, string Where)> signed, CancellationToken ct)
    {
        var (expected, previous) = (1L, AuditEntry.Genesis);
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (entry.Number != expected)
                Breach($"After line {expected - 1} comes line {entry.Number}: lines were taken out.");
            if (!Equal(entry.PreviousHash, previous))
                Breach($"Line {entry.Number} does not follow the line before it.");
            if (!Equal(entry.ComputeHash(), entry.Hash))
                Breach($"Line {entry.Number} was changed.");
            foreach (var (head, where) in signed[entry.Number])
                if (!Equal(head.Hash, entry.Hash))
                    Breach($"{where} of line {entry.Number} has another hash: the log was written anew.");
            (expected, previous) = (entry.Number + 1, entry.Hash);
        }
        return expected - 1;
    }

    private void Breach(string sentence)
    {
        if (_breaches.Count < MostBreaches)
            _breaches.Add(sentence);
    }

    private static bool Equal(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}
