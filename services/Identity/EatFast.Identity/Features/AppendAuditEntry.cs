using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>Writes what any service has announced into the one log. One line at a time: each carries the hash of the line before.</summary>
internal sealed class AppendAuditEntry(IdentityDbContext db) : IConsumer<ActionRecorded>
{
    public const long Turn = 0x0A0D17;

    public async Task Consume(ConsumeContext<ActionRecorded> context)
    {
        var (told, ct) = (context.Message, context.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", ct);
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(ct);
        db.Add(AuditEntry.After(last, new RecordedAction(
            told.ActionId, told.Service, told.Action, told.ActorId, told.ActorRole, told.SubjectType, told.SubjectId, told.Details,
            told.At)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
