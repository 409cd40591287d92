using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>
/// Adds, replaces and removes one's own addresses. The account is locked meanwhile, so that exactly one stays the default: the
/// first one is, and when it goes, the newest takes its place.
/// </summary>
internal static class SaveAddress
{
    public static void Map(IEndpointRouteBuilder addresses)
    {
        addresses.MapPost("/", HandleNew).WithName("AddAddress").WithSummary("Add an address");
        addresses.MapPut("/{addressId:guid}", HandleChange).WithName(nameof(SaveAddress)).WithSummary("Replace an address");
        addresses.MapPut("/{addressId:guid}/default", HandleDefault)
            .WithName("SetDefaultAddress").WithSummary("Make an address the default");
        addresses.MapDelete("/{addressId:guid}", HandleRemoval).WithName("RemoveAddress").WithSummary("Remove an address");
    }

    internal static async Task<Created<Envelope<AddressView>>> HandleNew(
        AddressInput input, CurrentUser caller, IdentityDbContext db, AddressBook book, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var now = clock.GetUtcNow();
        var count = await db.Addresses.CountAsync(address => address.UserId == caller.Id, ct);
        if (count >= Address.MaxPerUser)
            throw new RuleViolatedException("ADDRESS_LIMIT_REACHED", ("limit", Address.MaxPerUser));
        var id = Guid.CreateVersion7(now);
        var address = Address.Of(id, caller.Id, book.Seal(user, id, input), isDefault: false, now);
        if (count == 0 || input.IsDefault == true)
            await book.MakeDefaultAsync(address, now, ct);
        db.Add(address);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Created($"/api/v1/users/addresses/{id}", book.Show(user, address));
    }

    internal static Task<Ok<Envelope<AddressView>>> HandleChange(
        Guid addressId, AddressInput input, CurrentUser caller, IdentityDbContext db, AddressBook book, TimeProvider clock,
        CancellationToken ct) => ChangeAsync(addressId, caller, db, book, async (user, address) =>
        {
            var now = clock.GetUtcNow();
            address.Change(book.Seal(user, address.Id, input), now);
            if (input.IsDefault == true)
                await book.MakeDefaultAsync(address, now, ct);
        }, ct);

    internal static Task<Ok<Envelope<AddressView>>> HandleDefault(
        Guid addressId, CurrentUser caller, IdentityDbContext db, AddressBook book, TimeProvider clock, CancellationToken ct) =>
        ChangeAsync(addressId, caller, db, book, (_, address) => book.MakeDefaultAsync(address, clock.GetUtcNow(), ct), ct);

    internal static async Task<Ok<Envelope<RemovedView>>> HandleRemoval(
        Guid addressId, CurrentUser caller, IdentityDbContext db, AddressBook book, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockUserAsync(caller.Id, ct);
        var address = await book.FindAsync(addressId, caller, ct);
        db.Remove(address);
        await db.SaveChangesAsync(ct);
        var newest = await db.Addresses.Where(row => row.UserId == caller.Id)
            .OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(ct);
        if (address.IsDefault)
            newest?.MakeDefault(true, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new RemovedView(addressId));
    }

    private static async Task<Ok<Envelope<AddressView>>> ChangeAsync(
        Guid addressId, CurrentUser caller, IdentityDbContext db, AddressBook book, Func<User, Address, Task> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.LockUserAsync(caller.Id, ct);
        var address = await book.FindAsync(addressId, caller, ct);
        await change(user, address);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(book.Show(user, address));
    }
}
