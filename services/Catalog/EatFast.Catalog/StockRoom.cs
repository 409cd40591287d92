using EatFast.Catalog.Contracts;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>Takes counted items for orders and gives them back; each step is a conditional update, so nothing is sold twice.</summary>
internal sealed class StockRoom(CatalogDbContext db, PublicAnswers answers, TimeProvider clock)
{
    /// <summary>All or nothing, and once per order. Items without a count cost nothing here. Refuses with ITEM_UNAVAILABLE.</summary>
    public async Task HoldAsync(Guid orderId, IEnumerable<(MenuItem Item, int Quantity)> lines, CancellationToken ct)
    {
        // In the order of their ids, so that two orders never wait for each other's rows.
        var counted = lines.Where(line => line.Item.Stock is not null)
            .GroupBy(line => line.Item, line => line.Quantity, (item, quantities) => (Item: item, Quantity: quantities.Sum()))
            .OrderBy(line => line.Item.Id).ToList();
        if (counted.Count == 0 || await db.StockHolds.AnyAsync(hold => hold.OrderId == orderId, ct))
            return;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var (item, quantity) in counted)
        {
            var taken = await db.MenuItems.Where(row => row.Id == item.Id && row.Stock >= quantity)
                .ExecuteUpdateAsync(row => row.SetProperty(i => i.Stock, i => i.Stock - quantity), ct);
            if (taken == 0)
                throw new RuleViolatedException("ITEM_UNAVAILABLE", ("name", item.Name));
            db.Add(new StockHold { OrderId = orderId, ItemId = item.Id, RestaurantId = item.RestaurantId, Quantity = quantity, TakenAt = now });
        }
        await AnnounceAsync([.. counted.Select(line => line.Item.Id)], stock => stock == 0, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await answers.DropAsync(counted[0].Item.RestaurantId);
    }

    /// <summary>The order stopped: what it took can be sold again. Saves, also what the caller has added.</summary>
    public async Task GiveBackAsync(Guid orderId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var holds = await db.StockHolds.Where(hold => hold.OrderId == orderId).OrderBy(hold => hold.ItemId).ToListAsync(ct);
        foreach (var hold in holds)
            await db.MenuItems.Where(item => item.Id == hold.ItemId && item.Stock != null)
                .ExecuteUpdateAsync(row => row.SetProperty(item => item.Stock, item => item.Stock + hold.Quantity), ct);
        // Somebody who gave them back at the same time makes this save fail, and the transaction with it.
        db.RemoveRange(holds);
        await AnnounceAsync([.. holds.Select(hold => hold.ItemId)], stock => stock > 0, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        foreach (var restaurantId in holds.Select(hold => hold.RestaurantId).Distinct())
            await answers.DropAsync(restaurantId);
    }

    public Task ConfirmAsync(Guid orderId, CancellationToken ct) => db.StockHolds
        .Where(hold => hold.OrderId == orderId && hold.ConfirmedAt == null)
        .ExecuteUpdateAsync(row => row.SetProperty(hold => hold.ConfirmedAt, clock.GetUtcNow()), ct);

    /// <summary>The food is eaten: nothing will come back.</summary>
    public Task ForgetAsync(Guid orderId, CancellationToken ct) =>
        db.StockHolds.Where(hold => hold.OrderId == orderId).ExecuteDeleteAsync(ct);

    private async Task AnnounceAsync(List<Guid> itemIds, Func<int, bool> isWorthTelling, DateTimeOffset now, CancellationToken ct)
    {
        var items = await db.MenuItems.AsNoTracking().Where(item => itemIds.Contains(item.Id) && item.Stock != null).ToListAsync(ct);
        foreach (var item in items.Where(item => isWorthTelling(item.Stock!.Value)))
            db.Announce(new MenuItemChanged(item.Id, item.RestaurantId, !item.IsSoldOut, now), about: item.Id, now);
    }
}
