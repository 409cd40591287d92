using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

/// <summary>What we keep of a reader: what was told, and on which channels it is wanted.</summary>
internal sealed class ExportPerson(NotificationsDbContext db) : IPersonalRecords
{
    public async Task<object> ExportAsync(Guid userId, CancellationToken ct) => new
    {
        Preferences = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, ct),
        Notifications = await db.Notifications.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.CreatedAt)
            .Select(row => new { row.Kind, row.Values, row.CreatedAt, row.ReadAt }).ToListAsync(ct),
        Messages = await db.Messages.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.CreatedAt)
            .Select(row => new { row.Kind, row.Channel, row.Status, row.CreatedAt, row.SentAt }).ToListAsync(ct)
    };

    public Task<bool> IsNeededAsync(Guid userId, CancellationToken ct) => Task.FromResult(false);
}
