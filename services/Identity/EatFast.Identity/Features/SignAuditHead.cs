using EatFast.Identity.Audit;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>Every ten seconds: signs how far the audit log has come, and copies that to a file outside the database.</summary>
internal sealed class SignAuditHead(IdentityDbContext db, AuditKeys keys, AnchorFile anchors, TimeProvider clock) : IPeriodicWork
{
    public const long Turn = 0x0A0D18;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", ct);
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(ct);
        if (last is null || await db.AuditHeads.AnyAsync(head => head.Number >= last.Number, ct))
            return;
        var signed = AuditHead.Sign(last, keys.KeyId, keys.Sign, clock.GetUtcNow());
        db.Add(signed);
        await db.SaveChangesAsync(ct);
        // Before the commit: a copy without its row harms nothing, a row without its copy would never get one.
        await anchors.AppendAsync(signed.ToAnchor(), ct);
        await transaction.CommitAsync(ct);
    }
}
