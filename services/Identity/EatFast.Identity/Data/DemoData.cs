using EatFast.Identity.Contracts;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Data;

/// <summary>The five invented accounts of a Development system; a row that is already there stays as it is.</summary>
internal static class DemoData
{
    private sealed record Account(Guid Id, string Role, string Email, string Phone, string FirstName, string LastName);

    private static readonly Account[] Accounts =
    [
        new(DemoAccounts.Admin, UserRole.Admin, "admin@eatfast.local", "+237699000004", "Solange", "Mbarga"),
        new(DemoAccounts.Owner, UserRole.RestaurantOwner, "owner@eatfast.local", "+237699000001", "Honorine", "Ekambi"),
        new(DemoAccounts.Driver, UserRole.DeliveryAgent, "driver@eatfast.local", "+237699000002", "Blaise", "Nkolo"),
        new(DemoAccounts.Driver2, UserRole.DeliveryAgent, "driver2@eatfast.local", "+237699000003", "Serge", "Tamo"),
        new(DemoAccounts.Customer, UserRole.Customer, "customer@eatfast.local", "+237677777777", "Mireille", "Fotso")
    ];

    public static async Task SeedAsync(
        IdentityDbContext db, PersonalDataVault vault, Func<string, string> hash, DateTimeOffset now, CancellationToken ct)
    {
        var ids = Array.ConvertAll(Accounts, account => account.Id);
        var present = await db.Users.Select(user => user.Id).Where(id => ids.Contains(id)).ToListAsync(ct);
        foreach (var account in Accounts.Where(account => !present.Contains(account.Id)))
        {
            var person = vault.Seal(account.Id, new PersonalData(account.Email, account.Phone, account.FirstName, account.LastName));
            var user = User.Appoint(account.Id, person, hash(DemoAccounts.Password), account.Role, "fr", "douala", now);
            user.VerifyEmail(now);
            user.VerifyPhone(now);
            db.Add(user);
        }
        await db.SaveChangesAsync(ct);
    }
}
